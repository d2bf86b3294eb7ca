"""A name prints as it is written, whatever plane its characters live in and whatever fonts are here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

import resources
from app.documents.paper import Sheet, Type
from app.documents.typography import fontfiles
from app.documents.typography.faces import Faces, font_files, missing_characters
from app.documents.typography.fontfiles import FontFiles
from app.documents.typography.mending import unicode_map
from tests.unit.documents import pages

RARE_NAMES = "䶮㛃䅟𬎆𬭎𫘧𠅤𡊮𬱖𬀩𠮷庹堃犇"
COMMITTED = FontFiles(
    regular=resources.path("fonts/NotoSansSC-Regular.subset.ttf"),
    bold=resources.path("fonts/NotoSansSC-Bold.subset.ttf"),
    rare=(resources.path("fonts/ShoufangtongRare.ttf"),),
)


def on_paper(faces: Faces, text: str) -> bytes:
    sheet = Sheet(faces, title="样", on=date(2026, 11, 20))
    sheet.text(60, 60, text)
    sheet.text(60, 120, text, Type(24, bold=True))
    sheet.next_page()
    return sheet.finish()


def test_the_committed_fonts_alone_print_every_rare_name_of_the_village() -> None:
    faces = Faces(COMMITTED)
    assert faces.missing(RARE_NAMES) == ()
    assert pages.words(on_paper(faces, RARE_NAMES), 0) == RARE_NAMES * 2


def test_the_committed_face_holds_the_whole_table_of_common_characters() -> None:
    table = resources.read_text("fonts/common_characters.txt").replace("\n", "")
    assert len(table) == 8105
    for file in (COMMITTED.regular, COMMITTED.bold):
        with TTFont(file, lazy=True) as font:
            held = font.getBestCmap()
        assert [character for character in table if ord(character) not in held] == []


def test_hundreds_of_different_characters_on_one_page_come_back_right() -> None:
    table = resources.read_text("fonts/common_characters.txt").replace("\n", "")
    text = table[::13][:600] + "𬭎𫘧"
    sheet = Sheet(Faces(COMMITTED), title="样", on=date(2026, 11, 20))
    for row in range(0, len(text), 20):
        sheet.text(60, 50 + row, text[row : row + 20])
    sheet.next_page()
    assert pages.words(sheet.finish(), 0) == text


def test_a_rare_character_in_a_bold_name_is_thickened_and_an_ordinary_one_is_not() -> None:
    runs = Faces(COMMITTED).runs("王𠮷英", bold=True)
    assert [(run.text, run.thicken) for run in runs] == [("王", False), ("𠮷", True), ("英", False)]
    assert not any(run.thicken for run in Faces(COMMITTED).runs("王𠮷英"))


def test_characters_no_font_has_are_listed_once_each() -> None:
    assert missing_characters("李\U0003fffd桂\U0003fffd英\ufe0f") == ("\U0003fffd",)
    assert missing_characters("李桂英·阿不都 154-0000 2201 ①②③ ✓ ×") == ()


def test_a_font_the_county_adds_is_asked_after_ours(tmp_path: Path) -> None:
    with TTFont(COMMITTED.rare[0]) as font:
        for table in font["cmap"].tables:
            table.cmap = {0x1F9E7: table.cmap[ord("𡊮")]}
        font.save(tmp_path / "county.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    faces = Faces(fontfiles.find(tmp_path))
    assert faces.missing("\U0001f9e7") == ()
    assert font_files(tmp_path)[-1] == tmp_path / "county.ttf"
    assert pages.words(on_paper(faces, "李\U0001f9e7"), 0) == "李\U0001f9e7" * 2


def test_two_files_of_one_inner_name_do_not_mix_up_their_characters(tmp_path: Path) -> None:
    one, other = (
        cut(tmp_path / folder / "same.ttf", text) for folder, text in (("a", "李桂"), ("b", "英奶"))
    )
    faces = Faces(FontFiles(regular=one, bold=one, rare=(other,)))
    assert pages.words(on_paper(faces, "李英桂奶"), 0) == "李英桂奶" * 2


def test_the_map_back_to_text_uses_surrogates_and_short_blocks() -> None:
    text = unicode_map("AAAAAA+Sample", [0x20BB7, *range(0x4E00, 0x4E00 + 150)])
    assert "<00> <D842DFB7>" in text
    assert "100 beginbfchar" in text
    assert "51 beginbfchar" in text


def test_screen_and_paper_take_their_fonts_from_one_list() -> None:
    files = font_files()
    assert all(file.is_file() for file in files)
    assert len(files) >= 3


def test_an_absent_county_folder_is_no_error(tmp_path: Path) -> None:
    assert fontfiles.find(tmp_path / "none").rare[1:] == ()


@pytest.mark.parametrize("licence", ["OFL-NotoSansSC.txt", "OFL-Hanazono.txt"])
def test_the_licence_lies_beside_the_font(licence: str) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resources.read_text(f"fonts/{licence}")


def test_the_rare_face_does_not_bear_a_reserved_name() -> None:
    with TTFont(COMMITTED.rare[0]) as font:
        names = " ".join(record.toUnicode() for record in font["name"].names)
    assert not any(reserved in names for reserved in ("HanaMin", "Hanazono", "花園"))


def cut(target: Path, text: str) -> Path:
    target.parent.mkdir()
    with TTFont(COMMITTED.regular) as font:
        cutter = subset.Subsetter()
        cutter.populate(text=text)
        cutter.subset(font)
        font.save(target)
    return target
