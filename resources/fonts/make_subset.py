"""Cut the committed subsets out of the complete typefaces: `python -m resources.fonts.make_subset`.

Run it after `python -m resources.fonts.fetch`, only when the set of characters changes. What is kept:
the 8,105 characters of 通用规范汉字表 (`common_characters.txt`), GB 2312 with its symbols, Latin-1,
and the figures and marks that forms use. The rare face keeps a few characters of real names that
Noto lacks; its own name is changed because "HanaMinB" is reserved by the licence.

`common_characters.txt` is the Unihan property kTGH of Debian's `unicode-data`; `--table FILE` reads
it again from `/usr/share/unicode/Unihan_OtherMappings.txt.bz2`.
"""

from __future__ import annotations

import argparse
import bz2
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from resources.fonts.fetch import FULL

HERE = Path(__file__).parent
COMMON = HERE / "common_characters.txt"
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳✓✗×□■○●△▲▽▼☆★→←↑↓–—―…·•‧・‘’“”¥￥№℃㎡㎏○〇"
NAMES_IN_NOTO = "䶮㛃䅟𬭎𫘧𠅤𬱖𬀩庹堃犇喆垚淼昇镕"
NAMES_NOT_IN_NOTO = "𬎆𡊮𠮷𪚥𫍯𠅤𬀩𫘧𬭎𬱖"
RARE_FAMILY = "Shoufangtong Rare"


def wanted_characters() -> set[str]:
    """What the two Noto subsets hold."""
    gb2312 = {
        bytes((row, cell)).decode("gb2312", errors="ignore")
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
    } - {""}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    forms = {chr(code) for code in (*range(0x2010, 0x2028), *range(0x3000, 0x3040), *range(0xFF01, 0xFF5F))}
    table = set(COMMON.read_text(encoding="utf-8").replace("\n", ""))
    return table | gb2312 | latin | forms | set(MARKS) | set(NAMES_IN_NOTO)


def cut(source: Path, target: Path, characters: set[str], family: str = "") -> None:
    """Write the subset of `source` holding `characters`; `family` renames it."""
    options = subset.Options()
    options.layout_features = ["kern", "ccmp", "locl", "mark", "tnum"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    if family:
        rename(font, family)
    font.save(target)


def rename(font: TTFont, family: str) -> None:
    """Give the font another family name everywhere a reader looks, keeping copyright and licence."""
    postscript = family.replace(" ", "")
    new = {1: family, 3: f"{postscript} subset", 4: family, 6: postscript, 16: family}
    font["name"].names = [
        n for n in font["name"].names if n.platformID == 3 and n.langID == 0x409 and n.nameID < 17
    ]
    for record in font["name"].names:
        if record.nameID in new:
            record.string = new[record.nameID]


def write_table(unihan: Path) -> None:
    """Write `common_characters.txt`, 90 characters to a line, from Unihan's kTGH."""
    text = bz2.decompress(unihan.read_bytes()).decode("utf-8")
    codes = sorted(int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", text, re.MULTILINE))
    characters = "".join(map(chr, codes))
    lines = (characters[start : start + 90] for start in range(0, len(characters), 90))
    COMMON.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--table", type=Path, help="Unihan_OtherMappings.txt.bz2 of Debian's unicode-data")
    arguments = parser.parse_args()
    if arguments.table:
        write_table(arguments.table)
    characters = wanted_characters()
    for weight in ("Regular", "Bold"):
        cut(FULL / f"NotoSansSC-{weight}.ttf", HERE / f"NotoSansSC-{weight}.subset.ttf", characters)
    cut(FULL / "HanaMinB.ttf", HERE / "ShoufangtongRare.ttf", set(NAMES_NOT_IN_NOTO), RARE_FAMILY)


if __name__ == "__main__":
    main()
