"""A past visit is found by the family it was to and by what is known of it, page after page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.desk import Desk
from app.actions.visits.visit_search import Wanted, search
from app.domain.visits.visit import Met, VisitState
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import HOME, NOW, household, person, visit

OTHER, OTHER_HEAD = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b"
MADE = (
    (40, HOME, "VP01", Met.HOME),
    (20, OTHER, "VP01", Met.ABSENT),
    (3, HOME, "VP04", Met.HOME),
    (1, OTHER, "VP07", Met.HOME),
)


def _id(days: int) -> str:
    return f"01900000-0000-7000-8000-0000000001{days:02d}"


@pytest.fixture
def desk(store: Store) -> Desk:
    """Two families; four signed visits and one that is not signed."""
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(household(id=OTHER, group="老屋组", door="12号", head=OTHER_HEAD))
        unit.save(person(id=OTHER_HEAD, household=OTHER, name="彭冬秀", id_number=None, phone=""))
        for days, home, purpose, met in MADE:
            made = visit(
                id=_id(days), household=home, purpose=purpose, met=met, state=VisitState.SIGNED,
                started_at=NOW - timedelta(days=days), seal="x",
            )  # fmt: skip
            found = [{"words": "屋顶漏雨"}] if days == 3 else []
            unit.save(replace(made, answers={"findings": found}))
        unit.save(visit(id=_id(99)))
    return desk


def _found(desk: Desk, **asked: object) -> list[int]:
    lines = search(desk, Wanted(**asked)).lines  # type: ignore[arg-type]  # keyword facts of a test
    return [int(one.visit.id[-2:]) for one in lines]


def test_every_signed_visit_is_there_newest_first(desk: Desk) -> None:
    assert _found(desk) == [1, 3, 20, 40]


@pytest.mark.parametrize("words", ["彭冬秀", "pdx", "pengdongxiu", "老屋组"])
def test_a_family_is_found_by_name_sound_initials_and_place(desk: Desk, words: str) -> None:
    assert _found(desk, words=words) == [1, 20]


def test_every_sieve_lets_through_only_its_own(desk: Desk) -> None:
    assert _found(desk, purpose="VP04") == [3]
    assert _found(desk, met="absent") == [20]
    assert _found(desk, found=True) == [3]
    assert _found(desk, first=date(2026, 10, 31), last=date(2026, 11, 17)) == [3, 20]
    assert _found(desk, words="jgy", found=True) == [3]
    assert _found(desk, words="没有这一家") == []


def test_pages_follow_each_other(desk: Desk) -> None:
    first, second = (search(desk, Wanted(), skip=skip, limit=3) for skip in (0, 3))
    assert (len(first.lines), len(second.lines), first.total) == (3, 1, 4)
