"""What ReportLab gets wrong or does slowly, mended in one place before the first page is drawn.

Wrong: a code beyond U+FFFF is written as five hex digits, which readers take for two characters. Slow: its
figures, names and plain words are worked out anew each time. What is remembered here gives the very bytes
that ReportLab's own functions give.
"""

from __future__ import annotations

from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.lib import rl_accel
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen import canvas, pathobject, textobject

BLOCK = 100  # Adobe Technical Note 5014: at most 100 entries in one bfchar block
REMEMBERED = 20_000  # numbers: a page has some hundred different ones

_own_figures, _own_name, _own_bytes, _own_element = (
    rl_accel.fp_str, pdfdoc.PDFName, pdfdoc.pdfdocEnc, pdfdoc.format,
)  # fmt: skip


@cache
def mend() -> None:
    """Put the mended functions in ReportLab's place; once is enough."""
    ttfonts.makeToUnicodeCMap = unicode_map
    # Text armour was for mail of the last century: without it a page is smaller and a quarter faster.
    rl_config.useA85 = 0
    # Every file would carry all of ASCII in each face, used or not: a fifth of its size and of the time.
    rl_config.ttfAsciiReadable = 0
    for module in (canvas, pathobject, textobject, pdfdoc):
        module.fp_str = figures
    pdfdoc.PDFName = lru_cache(maxsize=REMEMBERED)(_own_name)
    pdfdoc.pdfdocEnc = plain
    pdfdoc.format = element


def unicode_map(font: str, subset: list[int]) -> str:
    """The ToUnicode CMap of one embedded subset: code N stands for `subset[N]` (PDF 32000, 9.10.3)."""
    pairs = [f"<{code:02X}> <{_utf16(value)}>" for code, value in enumerate(subset)]
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({font}) /Ordering ({font}) /Supplement 0 >> def",
            f"/CMapName /{font} def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(subset) - 1:02X}> endcodespacerange",
            *body,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )


def figures(*numbers: object) -> str:
    """Numbers as PDF writes them, given one by one or as one sequence, divided by spaces."""
    if len(numbers) == 1:
        (only,) = numbers
        if not isinstance(only, (list, tuple)):
            return _figure(only)
        numbers = tuple(only)
    return " ".join([_figure(one) for one in numbers])


def plain(words: object) -> object:
    """Words in PDF's own encoding; most are ASCII, which needs no table."""
    return words.encode("ascii") if isinstance(words, str) and words.isascii() else _own_bytes(words)


def element(value: object, document: object, toplevel: int = 0) -> object:
    """Anything that stands in a PDF, as bytes; most of it is the figures of arrays."""
    kind = type(value)
    if kind is int or kind is float:
        return _figure(value).encode("ascii")
    if kind is str:
        return plain(value)
    return value if kind is bytes else _own_element(value, document, toplevel)


@lru_cache(maxsize=REMEMBERED)
def _figure(number: object) -> str:
    return str(_own_figures(number))


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", errors="surrogatepass").hex().upper()
