"""A copy of a copy, from a dark machine and from a pale one, still shows which pictogram it is."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from PIL import Image

from app.documents import specimen
from tests.unit.documents import photocopy
from tests.unit.documents.ink import SIDE, Ink
from tests.unit.documents.photocopy import MACHINES, PALE, Machine

NEAR = 3  # pixels, 0.4 mm: ink this close counts as the same line
ALIKE, UNLIKE = 0.06, 0.08  # share of ink that has no counterpart: with its own original, with any other
SOLID = 5  # pixels: what is left after taking this much off every edge is wider than a line of weight 5


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_each_copy_is_taken_for_its_own_original_and_for_no_other(machine: Machine) -> None:
    told_apart(originals(), copies(machine))


def test_where_toner_was_saved_one_copy_is_still_told_from_every_other() -> None:
    sheets = photocopy.printed(specimen.render(date(2026, 11, 20), thrift=True))
    clean = cut([photocopy.shrunk(sheet, times=1) for sheet in sheets], times=1)
    told_apart(clean, cut([photocopy.copied(sheet, PALE, times=1) for sheet in sheets], times=1))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_no_line_is_lost_and_no_gap_closes(machine: Machine) -> None:
    for name, copy in copies(machine).items():
        line, gap = originals()[name].worn(2), originals()[name].paper.worn(2)
        assert line.outside(copy) <= 0.06, name
        assert gap.outside(copy.paper) <= 0.03, name


def test_solid_spots_stay_small() -> None:
    for name, ink in originals().items():
        solid = ink.worn(SOLID).grown(SOLID)
        assert solid.amount / SIDE**2 <= 0.15, name


def test_the_machine_is_as_bad_as_it_says_and_the_same_every_time() -> None:
    page = printed()[0].crop((0, 0, photocopy.DPI * 5, photocopy.DPI * 4))
    dark, pale = (photocopy.copied(page, machine) for machine in MACHINES)
    black = [each.histogram()[0] for each in (dark, photocopy.shrunk(page), pale)]
    assert black[0] > 1.2 * black[1] > 1.44 * black[2]
    assert dark.tobytes() == photocopy.copied(page, MACHINES[0]).tobytes()


def told_apart(clean: dict[str, Ink], copied: dict[str, Ink]) -> None:
    """Each copy lies on its own original and on no other."""
    near = {name: ink.grown(NEAR) for name, ink in clean.items()}
    for name, copy in copied.items():
        around = copy.grown(NEAR)
        apart = {each: max(copy.outside(near[each]), ink.outside(around)) for each, ink in clean.items()}
        own = apart.pop(name)
        other = min(apart, key=apart.__getitem__)
        assert own <= ALIKE, (name, own)
        assert apart[other] >= UNLIKE, (name, other, apart[other])


@cache
def originals() -> dict[str, Ink]:
    return cut([photocopy.shrunk(page) for page in printed()])


@cache
def copies(machine: Machine) -> dict[str, Ink]:
    return cut([photocopy.copied(page, machine) for page in printed()])


@cache
def printed() -> tuple[Image.Image, ...]:
    return tuple(photocopy.printed(specimen.render(date(2026, 11, 20))))


def cut(sheets: list[Image.Image], *, times: int = photocopy.GENERATIONS) -> dict[str, Ink]:
    """Every drawing of the specimen sheets, where so many generations of shrinking have moved it to."""
    scale = photocopy.DPI / 72
    found = {}
    for name, at in specimen.places().items():
        middle = [(edge + specimen.PICTURE / 2) * scale for edge in (at.left, at.top)]
        around = [half / 2 for half in sheets[at.page].size]
        moved = [h + (m - h) * photocopy.SHRINK**times for m, h in zip(middle, around, strict=True)]
        left, top = (round(each - SIDE / 2) for each in moved)
        picture = sheets[at.page].crop((left, top, left + SIDE, top + SIDE))
        found[name] = Ink.of(picture.tobytes())
    return found
