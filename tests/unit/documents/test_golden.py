"""A page looks as it did when it was last looked at: nothing on paper moves by accident."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from tests.unit.documents import golden


@pytest.mark.parametrize("name", golden.PAGES)
def test_a_page_looks_as_it_did_when_it_was_last_looked_at(name: str) -> None:
    found = golden.difference(golden.drawn(name), golden.kept(name))
    assert found.is_nothing, f"{found}; if it was meant: python -m tests.unit.documents.golden, and look"


def test_a_page_moved_by_a_millimetre_is_noticed() -> None:
    page = golden.kept("steps-2")
    assert golden.difference(page, page) == golden.Difference(0, 0)
    assert not golden.difference(page, ImageChops.offset(page, 0, 2)).is_nothing


def test_one_line_of_words_that_is_lost_is_noticed() -> None:
    page = golden.kept("steps-2")
    less = page.copy()
    less.paste(255, (60, 60, 240, 84))
    assert not golden.difference(page, less).is_nothing


def test_no_picture_is_kept_that_no_page_is_held_against() -> None:
    assert {file.stem for file in golden.FOLDER.iterdir()} == set(golden.PAGES)


def test_the_pictures_stay_small() -> None:
    assert all(file.stat().st_size < 40_000 for file in golden.FOLDER.iterdir())
