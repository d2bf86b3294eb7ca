"""Causes of a trip in vain that show when days, papers, agents and several matters are looked at together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from app import packs
from app.domain.checklists import checklist_plan, preflight
from app.domain.checklists.checklist import Checklist, Goer, Going, Paper, Place
from app.domain.checklists.checklist_plan import Matter
from app.domain.checklists.open_days import (
    break_until,
    closed_weekdays,
    good_day,
    is_market,
    over_for_today,
    why_shut,
)
from app.domain.checklists.preflight import Trap
from app.domain.people.names import Likeness, likeness
from app.domain.people.person import BankAccount, Benefit, Disability, Life, Person
from app.domain.people.person import ParentState as P
from app.domain.workdays import CHINA
from tests.facts import NOW, household, person
from tests.policy import child, county, father, mother

BANK = BankAccount("云岭农村商业银行", "9999990000000000", "蒋桂英")
READY = person(id_valid_until=date(2040, 1, 1), account=BANK)
BOY = child(
    father(P.DEAD), mother(P.DEAD), account=replace(BANK, holder="蒋子轩"),
    disabilities=(Disability(4, 1, "", date(2040, 1, 1)),),
)  # fmt: skip
CALENDAR = packs.calendar()
TUESDAY = date(2026, 11, 24)
NEPHEW = Goer(Going.AGENT, "小军", "侄子")


def begin(who: Person, *matters: Matter, goer: Goer | None = None) -> Checklist:
    first, *also = matters
    made = checklist_plan.begin(
        county(), first.item, who, household(), first.beneficiary, "向海燕", "", NOW, "1", "K7M2P4",
        also=also, goer=goer, calendar=CALENDAR,
    )  # fmt: skip
    return replace(made, going_on=TUESDAY)


def look(
    made: Checklist, who: Person = READY, whom: Person | None = None, *, at: datetime = NOW, **more: object
) -> list[Trap]:
    members = more.get("members", (who, whom) if whom else (who,))
    assert isinstance(members, tuple)
    return list(preflight.check(made, who, whom, county(), at, members=members, calendar=CALENDAR))


def only(found: list[Trap]) -> Trap:
    (trap,) = found
    return trap


def changed(made: Checklist, name: str, **to: object) -> Checklist:
    for number, step in enumerate(made.steps):
        for index, paper in enumerate(step.papers):
            if paper.name == name:
                made = made.with_paper(number, index, replace(paper, **to))  # type: ignore[arg-type]  # facts of a test
    return made


def test_two_matters_that_both_keep_the_only_original_are_seen() -> None:
    made = begin(READY, Matter("GL"))
    both = replace(made.steps[0].papers[0].wanted_by[0], originals=1)
    paper = Paper("m", "监护证明", "guardian_proof", 1, wanted_by=(both, replace(both, item="CS")))
    step = replace(made.steps[0], papers=(*made.steps[0].papers, paper))
    trap = only(look(made.with_step(0, step)))
    assert (trap.code, "都要收原件" in trap.words) == ("W01", True)


def test_fewer_copies_than_the_county_wants_are_seen_and_more_are_not() -> None:
    made = begin(READY, Matter("GL"))
    trap = only(look(changed(made, "银行卡", copies=1, changed=True)))
    assert (trap.code, trap.words) == ("W02", "银行卡改成了 1 份，县里写的是 2 份。")
    assert look(changed(made, "银行卡", copies=3, changed=True)) == []


def test_a_photo_or_hospital_paper_of_no_known_kind_is_asked_about_first() -> None:
    made = begin(READY, Matter("GE", BOY))
    assert look(made, READY, BOY) == []
    assert only(look(changed(made, "孩子一寸照", spec=""), READY, BOY)).code == "W06"
    bill = begin(READY, Matter("LS"))
    assert only(look(changed(bill, "看病事故单子", spec=""))).code == "W18"


def test_a_proof_no_village_may_give_is_not_sent_for() -> None:
    made = begin(READY, Matter("GL"))
    paper = Paper("x", "亲属关系证明", "village_proof", 1, issuer="村里")
    step = replace(made.steps[0], papers=(*made.steps[0].papers, paper))
    trap = only(look(made.with_step(0, step)))
    assert trap.code == "W11"
    assert "派出所或公证处" in trap.do


def test_an_agent_is_checked_like_whoever_goes_herself() -> None:
    son = person(id="son", name="蒋志强", relation="20", birth=date(2012, 1, 1), id_valid_until=NOW.date())
    made = begin(READY, Matter("GL"), goer=replace(NEPHEW, person="son"))
    found = look(made, members=(READY, son))
    assert [trap.code for trap in found] == ["W07", "W07"]
    assert "没满 18 岁" in found[1].words
    must = begin(READY, Matter("GE", BOY), goer=NEPHEW)
    trap = only(look(must, READY, BOY))
    assert (trap.code, trap.words, trap.step) == ("W07", "第 2 步奶奶要到场，别人代不了。", 1)


def test_without_the_table_of_agents_papers_the_window_is_asked_first() -> None:
    made = begin(READY, Matter("LS"), goer=NEPHEW)
    step = made.steps[-1]
    bare = replace(step, papers=tuple(one for one in step.papers if one.icon != "proxy"))
    assert "没写代办人带什么" in only(look(made.with_step(len(made.steps) - 1, bare))).words


def test_the_household_book_is_looked_at_when_somebody_died() -> None:
    dead = person(id="d", name="蒋国富", life=Life.DEAD)
    trap = only(look(begin(READY, Matter("GL")), members=(READY, dead)))
    assert (trap.code, trap.words) == ("W03", "蒋国富去世或迁走了，户口本改了没有？")


def test_children_of_another_house_are_asked_for() -> None:
    trap = only(look(begin(READY, Matter("DB"))))
    assert (trap.code, trap.words) == ("W14", "蒋桂英分家另过的儿女，名册里没有。")
    son = person(id="s", relation="20", birth=date(1970, 1, 1))
    assert look(begin(READY, Matter("DB")), members=(READY, son)) == []


def test_what_is_drawn_already_or_shuts_the_other_out_is_told() -> None:
    drawing = replace(READY, benefits=(Benefit("GL"),))
    assert only(look(begin(drawing, Matter("GL")), drawing)).code == "W15"
    kept = replace(READY, benefits=(Benefit("TK"),))
    trap = next(one for one in look(begin(kept, Matter("DB")), kept) if one.code == "W15")
    assert "已是特困人员" in trap.words


def test_a_name_spelt_otherwise_on_the_card_is_told_apart_from_another_s_card() -> None:
    spelt = replace(READY, account=replace(BANK, holder="蒋桂瑛"))
    trap = only(look(begin(spelt, Matter("GL")), spelt))
    assert (trap.code, "写法不一样" in trap.words) == ("W19", True)
    odd = replace(READY, name="蒋𬎆英", account=replace(BANK, holder="蒋𬎆英"))
    assert "“𬎆”是生僻字" in only(look(begin(odd, Matter("GL")), odd)).words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("蒋桂英", "蒋桂英", Likeness.SAME),
        ("买买提·阿依", "买买提•阿依", Likeness.NEAR),
        ("蒋 桂英", "蒋桂英", Likeness.NEAR),
        ("蒋桂英", "蒋志强", Likeness.OTHER),
        ("蒋桂英", "蒋桂", Likeness.OTHER),
        ("李英", "蒋英", Likeness.OTHER),
    ],
)
def test_names_are_compared_as_a_window_compares_them(one: str, other: str, alike: Likeness) -> None:
    assert likeness(one, other) is alike


def test_a_shut_door_a_market_and_a_holiday_are_seen_for_the_day_she_goes() -> None:
    made = begin(READY, Matter("CS"))
    made = replace(made, steps=tuple(replace(step, papers=()) for step in made.steps))

    def words(day: date | None, at: datetime = NOW) -> list[str]:
        return [one.words for one in look(replace(made, going_on=day), at=at) if one.code == "W09"]

    assert words(TUESDAY) == []
    assert words(date(2026, 11, 22)) == ["11月22日（周日）枫香镇政府不开门（周日）。"]
    assert words(date(2026, 11, 23)) == ["11月23日（周一）是赶集日，人多车挤。"]
    assert words(None) == ["11月21日（周六）枫香镇政府不开门（周六）。"], "without a plan, tomorrow"
    assert words(date(2026, 11, 19)) == ["原来说 11月19日（周四）去，已经过了。"]
    holiday = datetime(2026, 9, 30, 9, tzinfo=CHINA)
    assert [one for one in words(date(2026, 10, 1), holiday) if "国庆" in one]


def test_going_today_the_noon_break_and_closing_time_are_seen() -> None:
    made = replace(begin(READY, Matter("CS")), going_on=NOW.date())
    noon = NOW.replace(hour=12, minute=40)
    assert "枫香镇政府现在午休。" in [one.words for one in look(made, at=noon)]
    evening = NOW.replace(hour=18)
    assert "枫香镇政府今天下班了。" in [one.words for one in look(made, at=evening)]


def test_a_closing_date_is_told_before_and_after() -> None:
    made = begin(READY, Matter("GL"))
    late = made.with_step(0, replace(made.steps[0], before=date(2026, 11, 21)))
    trap = only(look(late))
    assert (trap.code, "就截止了" in trap.words) == ("W20", True)
    soon = made.with_step(0, replace(made.steps[0], before=date(2026, 11, 26)))
    assert "没几天了" in only(look(soon)).words
    assert look(made.with_step(0, replace(made.steps[0], before=date(2026, 12, 31)))) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周六 周日", {5, 6}),
        ("周末", {5, 6}),
        ("星期天", {6}),
        ("周六日", {5, 6}),
        ("周一至周三", {0, 1, 2}),
        ("周五到周一", {4, 5, 6, 0}),
        ("", set()),
        ("不定", set()),
    ],
)
def test_closed_days_are_read_as_they_are_printed(text: str, days: set[int]) -> None:
    assert closed_weekdays(Place("镇里", closed=text)) == days


def test_market_days_go_by_the_figure_and_the_moon_is_left_to_people() -> None:
    place = Place("镇里", market="逢三、六、九赶集，人多")
    assert [day for day in range(1, 31) if is_market(place, date(2026, 11, day))] == [
        3, 6, 9, 13, 16, 19, 23, 26, 29,
    ]  # fmt: skip
    assert is_market(replace(place, market="逢 5、10"), date(2026, 11, 20))
    assert not is_market(replace(place, market="农历逢三、八"), date(2026, 11, 3))


def test_a_good_day_is_open_and_rather_no_market() -> None:
    place = Place("镇里", closed="周六 周日", market="逢三、六、九赶集")
    assert good_day(place, date(2026, 11, 21), CALENDAR) == TUESDAY
    assert why_shut(place, date(2026, 10, 1), CALENDAR) == "国庆节"
    make_up = min(day for day in CALENDAR.make_up if day.weekday() == 5)
    assert why_shut(place, make_up, CALENDAR) == "", "a Saturday that makes up for a holiday is open"


def test_the_noon_break_is_read_from_the_hours() -> None:
    place = Place("镇里", morning="8:30–12:00", afternoon="2:30–5:30")
    assert break_until(place, time(13, 0)) == "2:30"
    assert break_until(place, time(14, 30)) == ""
    assert break_until(replace(place, afternoon="14:30–17:30"), time(12, 0)) == "14:30"
    assert over_for_today(place, time(17, 30))
    assert not over_for_today(replace(place, morning="", afternoon=""), time(23, 0))
