"""The plan holds every household that is owed something, once, and forgets nothing that was agreed upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.registers import clues
from app.actions.registers.clues import Noted
from app.actions.visits import day_plan, rounds, visits
from app.actions.visits.pairings import pair, pairing_of, unpair
from app.actions.visits.plan import plan
from app.documents.visits.day_sheet import render
from app.domain.problem import UserError
from app.domain.visits.day_list import DayList, list_id
from app.domain.visits.duty import Stand
from app.domain.visits.plan import Stop
from app.domain.visits.visit import Met
from app.store import Store
from app.store.drafts import Draft
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.unit.documents.pages import words

FAR, FAR_HEAD = "01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household(classes=("DB",), category="A"))
        unit.save(person(tags=("独居",)))
        unit.save(household(id=FAR, group="桥头组", door="9号", head=FAR_HEAD, classes=("BY",)))
        unit.save(person(id=FAR_HEAD, household=FAR, name="彭三妹", birth=date(1970, 5, 1), id_number=None))
    return desk


def _see(desk: Desk, home: str, who: str, purpose: str) -> None:
    visit = visits.begin(desk, home, purpose=purpose)
    visits.finish(desk, replace(visit, met=Met.HOME, respondent=who, signatures=("甲", "向海燕")))


def _stop(desk: Desk, home: str) -> Stop:
    (stop,) = (one for one in plan(desk).stops if one.household == home)
    return stop


def _purposes(desk: Desk, home: str) -> list[str]:
    stop = plan(desk).stop(home)
    return [one.purpose for one in stop.todos] if stop is not None else []


def test_every_household_stands_there_once_with_all_it_is_owed(desk: Desk) -> None:
    homes = [one.household for one in plan(desk).stops]
    assert homes == [HOME, FAR], "who is to be seen today comes first"
    assert _purposes(desk, HOME)[0] == "VP07"
    assert {"VP01", "VP02", "VP07", "VP10"} <= set(_purposes(desk, HOME))
    assert _purposes(desk, FAR) == ["VP01"]


def test_one_visit_serves_for_several_and_only_its_own_is_left(desk: Desk) -> None:
    _see(desk, HOME, GRANNY, "VP01")
    assert set(_purposes(desk, HOME)) == {"VP02", "VP06"}, "reviews are held by nothing but a review"
    assert _purposes(desk, FAR) == ["VP01"]


def test_a_saved_visit_changes_the_plan_at_once(desk: Desk) -> None:
    assert plan(desk) is plan(desk), "asked twice, worked out once"
    _see(desk, FAR, FAR_HEAD, "VP01")
    assert plan(desk).stop(FAR) is None
    assert (plan(desk).visited, plan(desk).to_visit) == (1, 2)


def test_a_month_that_went_by_wants_a_reason_and_keeps_it(desk: Desk, clock: Clock) -> None:
    _see(desk, FAR, FAR_HEAD, "VP01")
    clock.forward(days=42)  # 1 January
    missed = _stop(desk, FAR).missed
    assert missed is not None
    assert missed.missed == date(2026, 12, 31)
    assert _stop(desk, FAR).stand(desk.today) is Stand.OVERDUE
    rounds.say_why(desk, FAR, "away", again_on=desk.today + timedelta(days=3))
    stop = _stop(desk, FAR)
    assert stop.missed is None
    assert stop.todos[0].reason == "人不在村里"
    assert stop.put_off(desk.today)
    clock.forward(days=3)
    assert not _stop(desk, FAR).put_off(desk.today)


def test_nobody_at_home_comes_back_on_the_day_that_was_said(desk: Desk, clock: Clock) -> None:
    visit = visits.begin(desk, FAR, purpose="VP01")
    visits.finish(desk, replace(visit, met=Met.ABSENT, again_on="2026-11-25"))
    assert _stop(desk, FAR).put_off(desk.today)
    clock.forward(days=5)
    stop = _stop(desk, FAR)
    assert stop.appointment is not None
    assert (stop.appointment.on, stop.stand(desk.today)) == (date(2026, 11, 25), Stand.SOON)
    assert day_plan.day_plan(desk, desk.today).order[0] == FAR
    _see(desk, FAR, FAR_HEAD, "VP01")
    assert plan(desk).stop(FAR) is None


def test_after_a_blow_somebody_comes_within_a_day(desk: Desk) -> None:
    task = rounds.something_happened(desk, FAR, "VP15", "屋顶被掀了")
    assert task.due_on == desk.today + timedelta(days=1)
    assert _purposes(desk, FAR)[0] == "VP15"
    again = rounds.put_in(desk, FAR, "VP15", desk.today, "屋顶被掀了，下雨")
    assert again.id == task.id, "the same visit, moved"
    rounds.drop(desk, again)
    assert _purposes(desk, FAR) == ["VP01"]


def test_a_clue_is_looked_into_within_five_working_days_and_then_gone(desk: Desk) -> None:
    said = Noted(desk.today, "neighbour", "elder", "几天没见她出门", FAR_HEAD, FAR, "彭三妹")
    noted = clues.note(desk, said)
    stop = _stop(desk, FAR)
    assert stop.purpose == "VP05"
    assert stop.todos[0].due == date(2026, 11, 27), "Friday a week later"
    assert [one.chip for one in today.agenda(desk).entries if one.household == FAR] == ["线索"]
    visit = clues.check(desk, noted.id)
    visits.finish(
        desk,
        replace(
            visit,
            met=Met.HOME,
            respondent=FAR_HEAD,
            visitors=("w-xiang", "w-2"),
            signatures=("甲", "乙", "丙"),
        ),
    )
    clues.listing(desk)
    assert "VP05" not in _purposes(desk, FAR)


def test_a_key_group_is_put_into_the_plan_once(desk: Desk) -> None:
    with desk.unit("ill") as unit:
        unit.save(
            person(
                id=FAR_HEAD, household=FAR, name="彭三妹", birth=date(1970, 5, 1), id_number=None,
                severe_illness=True,
            )
        )  # fmt: skip
    (ill,) = (one for one in rounds.key_groups(desk) if one.group.id == "ill")
    assert (ill.people, ill.households, ill.planned) == (1, (FAR,), 0), "the ill one on 低保 is not counted"
    assert rounds.plan_group(desk, "ill") == 1
    assert rounds.plan_group(desk, "ill") == 0
    assert "VP18" in _purposes(desk, FAR)
    _see(desk, FAR, FAR_HEAD, "VP18")
    assert "VP18" not in _purposes(desk, FAR)
    assert rounds.plan_group(desk, "ill") == 0, "seen in this half-year"


def test_a_reason_is_pointed_at_and_its_day_is_not_gone(desk: Desk) -> None:
    with pytest.raises(UserError, match="点一下为什么没去成"):
        rounds.say_why(desk, FAR, "")
    with pytest.raises(UserError, match="写一句是什么原因"):
        rounds.say_why(desk, FAR, "other")
    with pytest.raises(UserError, match="补访的日子已经过了"):
        rounds.say_why(desk, FAR, "road", again_on=desk.today - timedelta(days=1))


def test_one_helper_follows_another_and_both_keep_their_days(desk: Desk, clock: Clock) -> None:
    pair(desk, FAR, "田干部", unit_name="镇农业办")
    clock.forward(days=10)
    second = pair(desk, FAR, "覃干部", phone="15400002202")
    assert plan(desk).paired[FAR] == second
    assert pair(desk, FAR, "覃干部", unit_name="镇民政办").id == second.id, "a correction, no new helper"
    unpair(desk, pairing_of(desk, FAR) or second)
    assert FAR not in plan(desk).paired


def test_the_day_s_list_is_proposed_kept_and_printed(desk: Desk) -> None:
    day = desk.today
    assert day_plan.day_plan(desk, day).order == (HOME, FAR)
    day_plan.move(desk, day, FAR, -1)
    assert day_plan.day_plan(desk, day).order == (FAR, HOME)
    day_plan.add(desk, day, [FAR, HOME])
    assert day_plan.day_plan(desk, day).order == (FAR, HOME), "nobody twice"
    pair(desk, FAR, "田干部", unit_name="镇农业办")
    text = words(day_plan.paper(desk, day.isoformat()), 0)
    assert text.index("桥头组9号彭三妹家") < text.index("茶园组3号蒋桂英家")
    for said in ("11月20日星期五走访单", "154-00003013", "高风险探访", "帮扶人：镇农业办田干部"):
        assert said in text
    day_plan.remove(desk, day, FAR)
    day_plan.remove(desk, day, HOME)
    with pytest.raises(UserError, match="这一天的单子上还没有人"):
        day_plan.paper(desk, day.isoformat())


def test_the_day_s_list_goes_to_the_county_as_one_record_however_often_it_is_touched(desk: Desk) -> None:
    before = desk.store.ledger.matters()
    for by in (-1, 1, -1):
        day_plan.move(desk, desk.today, FAR, by)
    made = desk.store.reading.get(DayList, list_id(desk.village, desk.worker, desk.today))
    assert (made.order, made.worker, made.day) == ((FAR, HOME), desk.worker, desk.today)
    assert desk.store.ledger.matters() == before + 1


def test_the_list_she_made_on_her_other_computer_is_the_one_she_sees_here(desk: Desk) -> None:
    with desk.unit("came from the county") as unit:
        key = list_id(desk.village, desk.worker, desk.today)
        unit.save(DayList(key, desk.village, desk.worker, desk.today, (FAR,)))
        other = list_id(desk.village, "w-peng", desk.today)
        unit.save(DayList(other, desk.village, "w-peng", desk.today, (HOME,)))
    shown = day_plan.day_plan(desk, desk.today)
    assert (shown.order, shown.own) == ((FAR,), True)


def test_the_proposal_is_taken_again_and_a_list_of_an_earlier_release_is_still_read(desk: Desk) -> None:
    day = desk.today
    draft = Draft(f"day plan:{day.isoformat()}", "day plan", day.isoformat(), {"order": [FAR]}, desk.now)
    desk.store.drafts.save(draft)
    assert day_plan.day_plan(desk, day).order == (FAR,)
    assert day_plan.add(desk, day, [HOME]).order == (FAR, HOME)
    assert desk.store.drafts.of_kind("day plan") == ()
    again = day_plan.forget(desk, day)
    assert (again.order, again.own) == ((HOME, FAR), False)


def test_the_same_list_gives_the_same_paper(desk: Desk) -> None:
    made = day_plan.sheet(desk, desk.today)
    assert render(made, printed_on=desk.today) == render(made, printed_on=desk.today)
