"""Whole pages go to the printer and nowhere else; a printer that takes nothing is noticed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.documents.checklists.checklist import render
from app.documents.preview import page_count, page_image
from app.domain.checklists.print_job import PrintLook
from app.scratch import VARIABLE, Scratch
from tests.printers import USUAL, Printers, needs_printers
from tests.unit.documents.samples import DAY, ORPHAN
from tests.watching import Watch
from ui import printing

LINES = 40
pytestmark = needs_printers


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(ORPHAN, printed_on=DAY)


def ink(pdf: bytes, page: int) -> tuple[float, list[float]]:
    """How dark the page is, and what share of that stands above each of some lines across it."""
    width, height, pixels = page_image(pdf, page, 400)
    dark = bytes(255 - value for value in pixels[::4])
    edges = [height * line // LINES * width for line in range(LINES + 1)]
    above = [sum(dark[:edge]) for edge in edges]
    return above[-1] / len(dark), [one / above[-1] for one in above]


def printed(pdf: bytes, look: PrintLook) -> bool:
    printer = printing.named("办事清单 7KQ2MD", look)
    assert printer is not None
    return printing.put_on_paper(pdf, printer)


@pytest.mark.usefixtures("look")
def test_the_printer_gets_every_page_and_the_disk_gets_none(
    printers: Printers, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = len(printers.taken)
    disk, scratch = Watch(tmp_path), Scratch()
    assert scratch.folder is not None
    memory = Watch(scratch.folder)
    assert printed(pdf, PrintLook(copies=2))
    assert memory.seen(), "the library writes the whole job into a temporary file"
    assert list(scratch.folder.iterdir()) == [], "which it takes away when the printer has it"
    assert disk.seen() == set()
    scratch.end()
    (taken,) = printers.taken[before:]
    assert page_count(taken) == page_count(pdf)
    for watch in (disk, memory):
        watch.close()


@pytest.mark.usefixtures("look")
def test_what_comes_out_is_what_was_looked_at(printers: Printers, pdf: bytes) -> None:
    assert printed(pdf, PrintLook())
    taken = printers.taken[-1]
    for page in range(page_count(pdf)):
        shown, came = ink(pdf, page), ink(taken, page)
        assert came[0] == pytest.approx(shown[0], rel=0.05)
        assert came[1] == pytest.approx(shown[1], abs=0.02), "line by line where it stood"


@pytest.mark.usefixtures("look")
def test_copies_are_asked_for_and_nobody_is_named(printers: Printers, pdf: bytes) -> None:
    assert printed(pdf, PrintLook(copies=3))
    asked = printers.asked[-1]
    assert b"\x06copies\x00\x04\x00\x00\x00\x03" in asked
    assert b"7KQ2MD" in asked
    for word in (ORPHAN.called, ORPHAN.item_name):
        assert word.encode() not in asked + printers.taken[-1][:2000]
        assert word.encode("utf-16-be") not in printers.taken[-1]


@pytest.mark.usefixtures("look")
def test_a_refusing_a_stopped_and_a_missing_printer_are_told_apart(printers: Printers, pdf: bytes) -> None:
    before = len(printers.taken)
    printers.stand({USUAL: {"state": 3, "refuses": 1}})
    assert not printed(pdf, PrintLook())
    printers.stand({USUAL: {"state": 5}})
    stopped = printing.named("", PrintLook(printer=USUAL))
    assert stopped is not None
    assert printing.stands_still(stopped)
    printers.stand({})
    assert printing.printers() == []
    assert printing.named("", PrintLook(printer=USUAL)) is None
    assert printing.named("", PrintLook()) is None
    assert len(printers.taken) == before
