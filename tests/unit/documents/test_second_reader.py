"""What is on paper can be read, searched and turned over by whatever reader opens the file.

PDFium and pypdf share no line of code, so what both read is in the file and not in the reader.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from pypdf import PdfReader

from app.documents.checklists.checklist import render
from app.documents.paper import Sheet, Type
from app.documents.typography import faces as printing
from app.documents.typography.faces import Faces, _named
from app.documents.typography.fontfiles import FontFiles
from app.domain.checklists.layout import PLAIN, Form, Layout
from tests.unit.documents import pages
from tests.unit.documents.samples import DAY, ORPHAN
from tests.unit.documents.test_faces import COMMITTED

RARE = "䶮㛃𬀩𠮷𬎆𫘧"
NAMED = replace(
    ORPHAN,
    called="䶮奶奶",
    worker_name="㛃𬀩",
    steps=tuple(replace(step, place=replace(step.place, person="𠮷𬎆𫘧")) for step in ORPHAN.steps),
)
EVERY_LAYOUT = [PLAIN, Layout(Form.SUMMARY), Layout(Form.STEPS, large=True), Layout(Form.STEPS, thrift=True)]
SUBSET = re.compile("/[A-Z]{6}[+]")


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def words(pdf: bytes, page: int) -> str:
    return re.sub(r"\s", "", read(pdf).pages[page].extract_text())


def fonts(pdf: bytes) -> dict[str, Any]:
    """Every font of every page, by its name in the file."""
    found = (page["/Resources"]["/Font"] for page in read(pdf).pages)
    return {str(one.get_object()["/BaseFont"]): one.get_object() for on in found for one in on.values()}


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
def test_two_readers_give_back_every_rare_character(bold: bool) -> None:
    sheet = Sheet(Faces(COMMITTED), title="样", on=DAY)
    for place, character in enumerate(RARE):
        sheet.text(60, 60 + 40 * place, f"王{character}英", Type(24, bold=bold))
    sheet.next_page()
    pdf = sheet.finish()
    wanted = "".join(f"王{character}英" for character in RARE)
    assert pages.words(pdf, 0) == wanted
    assert words(pdf, 0) == wanted


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=str)
def test_two_readers_find_the_names_on_every_layout(layout: Layout) -> None:
    pdf = render(NAMED, printed_on=DAY, layout=layout)
    for reader in (pages.words, words):
        whole = "".join(reader(pdf, page) for page in range(pages.count(pdf)))
        for name in ("䶮奶奶", "㛃𬀩", "𠮷𬎆𫘧"):
            assert name in whole, (reader, name)


def test_the_file_says_its_title_its_language_and_its_contents() -> None:
    reader = read(render(NAMED, printed_on=DAY))
    assert reader.metadata is not None
    assert reader.metadata.title == "䶮奶奶 孤儿基本生活费 办事清单"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    lines = [line for line in reader.outline if not isinstance(line, list)]
    assert [reader.get_destination_page_number(line) for line in lines] == [0, 1, 2]
    for line, step in zip(lines, ORPHAN.steps, strict=True):
        assert step.title in str(line.title)


def test_every_font_is_inside_the_file_and_holds_only_what_is_printed() -> None:
    pdf = render(NAMED, printed_on=DAY)
    found = fonts(pdf)
    assert len(found) >= 2
    for name, font in found.items():
        assert SUBSET.match(name), f"{name} is not marked as a subset"
        program = font["/FontDescriptor"]["/FontFile2"].get_data()
        assert len(program) < COMMITTED.regular.stat().st_size / 10, name
        assert "/ToUnicode" in font, name
    assert len(pdf) < 150_000


def test_no_character_is_carried_that_no_page_shows() -> None:
    sheet = Sheet(Faces(COMMITTED), title="样", on=DAY)
    sheet.text(60, 60, "李桂英")
    sheet.next_page()
    (font,) = fonts(sheet.finish()).values()
    told = set(re.findall("<[0-9A-F]{2}> <([0-9A-F]{4})>", font["/ToUnicode"].get_data().decode("ascii")))
    assert {chr(int(code, 16)) for code in told} <= set("李桂英 \x00")


def test_a_rare_face_is_opened_only_for_a_character_the_text_face_lacks(tmp_path: Path) -> None:
    rare = Path(copyfile(COMMITTED.rare[0], tmp_path / "rare.ttf"))
    faces = Faces(FontFiles(COMMITTED.regular, COMMITTED.bold, (rare,)))
    faces.width("蒋奶奶 给孙子领生活费 154-0000 2201", 18)
    assert _named(rare) not in printing.pdfmetrics.getRegisteredFontNames()
    assert faces.missing("𠮷") == ()
    assert _named(rare) in printing.pdfmetrics.getRegisteredFontNames()
