"""The picture in the window is the paper: same bytes, right size, black on white."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.documents.checklists.checklist import render
from app.documents.pen import HEIGHT, WIDTH
from app.documents.preview import page_count, page_image
from app.domain.problem import UserError
from tests.unit.documents.samples import DAY, ELDER, NINE, ORPHAN


def test_a_page_becomes_pixels_of_the_asked_width() -> None:
    pdf = render(ELDER, printed_on=DAY)
    width, height, pixels = page_image(pdf, 0, 374)
    assert width == 374
    assert height == pytest.approx(374 * HEIGHT / WIDTH, abs=1)
    assert len(pixels) == width * height * 4
    assert pixels[:3] == b"\xff\xff\xff"
    assert min(pixels[::4]) < 40
    assert pixels[0::4] == pixels[1::4] == pixels[2::4]  # black, white and grey edges only


def test_pages_are_counted() -> None:
    assert page_count(render(NINE, printed_on=DAY)) == 2


def test_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        page_image(render(ELDER, printed_on=DAY), 5, 100)


def test_bytes_that_are_no_pdf_are_said_to_be_unreadable() -> None:
    with pytest.raises(UserError, match="打不开"):
        page_count(b"not a paper")


def test_the_sheet_is_mostly_white_to_save_toner() -> None:
    width, height, pixels = page_image(render(ORPHAN, printed_on=DAY), 1, 600)
    dark = sum(255 - value for value in pixels[::4]) / 255
    assert dark / (width * height) < 0.15


def test_papers_rendered_at_the_same_time_do_not_disturb_each_other() -> None:
    lists = [ORPHAN, ELDER, NINE] * 4
    alone = [render(each, printed_on=DAY) for each in lists]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda each: render(each, printed_on=DAY), lists))
        pictures = list(pool.map(lambda pdf: page_image(pdf, 0, 200), together))
    assert together == alone
    assert pictures[0] == pictures[3]
