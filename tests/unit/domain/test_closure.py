"""A door that stays shut is printed, warned of, and, where the whole region rests, not counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app import packs
from app.domain.checklists import checklist_plan
from app.domain.checklists.checklist import Checklist
from app.domain.checklists.preflight import check
from app.domain.packs.closure import Closure, coming, with_holidays
from app.domain.packs.policy import Pack
from app.domain.packs.standing import Standing
from app.domain.workdays import add_workdays
from tests.facts import NOW, VILLAGE, household, person
from tests.policy import county

HERE = Standing("439901")
MOVE = Closure("move", "搬家", "town", date(2026, 12, 7), date(2026, 12, 11), standing=HERE)
FAIR = Closure("fair", "赶集", "town", month_days=(5, 15, 25), standing=HERE)
FEAST = Closure("feast", "州庆", first=date(2026, 11, 26), last=date(2026, 11, 27), standing=HERE)
MOVING_DAY = datetime(2026, 12, 8, 9, tzinfo=timezone(timedelta(hours=8)))


def begun(pack: Pack, at: datetime = NOW) -> Checklist:
    return checklist_plan.begin(
        pack, "CS", person(), household(), None, "向海燕", "154-0000-1108", at, "list-1", "K7M3P4"
    )


def warned(pack: Pack, at: datetime) -> list[str]:
    traps = check(begun(pack, at), person(), None, pack, at)
    return [trap.words for trap in traps if trap.field == "place.closed"]


def with_closures(*closures: Closure) -> Pack:
    return replace(county(), closures=closures)


def test_days_shut_are_said_as_a_person_says_them() -> None:
    assert [each.words for each in (MOVE, FAIR, replace(MOVE, last=MOVE.first))] == [
        "12月7日到11日", "每月5、15、25日", "12月7日",
    ]  # fmt: skip
    assert replace(MOVE, last=date(2027, 1, 3)).words == "12月7日到1月3日"


def test_a_window_of_a_hall_that_moves_is_printed_as_shut() -> None:
    assert begun(with_closures(MOVE)).steps[0].place.closed == "周六 周日 12月7日到11日"
    assert begun(county()).steps[0].place.closed == "周六 周日"


def test_what_lies_far_off_or_elsewhere_is_not_printed() -> None:
    far = replace(MOVE, first=date(2027, 3, 1), last=date(2027, 3, 5))
    other = replace(MOVE, standing=Standing("439902"))
    police = replace(MOVE, office="police")
    assert begun(with_closures(far, other, police)).steps[0].place.closed == "周六 周日"


def test_nobody_is_sent_to_a_door_that_is_shut_this_week() -> None:
    assert warned(with_closures(MOVE), MOVING_DAY) == ["第 1 步的地方12月7日到11日不开门（搬家）。"]
    assert warned(with_closures(MOVE), NOW) == []


def test_the_nearest_comes_first() -> None:
    on = date(2026, 11, 20)
    assert [each.id for each in coming((MOVE, FAIR, FEAST), ["town"], VILLAGE, on, 30)] == [
        "fair", "feast", "move",
    ]  # fmt: skip


def test_a_holiday_of_the_region_is_no_working_day_and_an_office_shut_by_itself_stops_no_clock() -> None:
    national = packs.calendar()
    start = date(2026, 11, 25)
    local = with_holidays(national, (FEAST, replace(MOVE, first=start, last=start)), VILLAGE)
    assert not local.is_workday(date(2026, 11, 26))
    assert local.holiday(date(2026, 11, 26)) == "州庆"
    assert add_workdays(national, start, 3).day == date(2026, 11, 30)
    assert add_workdays(local, start, 3).day == date(2026, 12, 2)
    assert with_holidays(national, (FEAST,), "430102001001") is national
    assert with_holidays(national, (MOVE, FAIR), VILLAGE) is national
