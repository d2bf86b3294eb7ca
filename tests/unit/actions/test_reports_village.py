"""Reports on visits, registers and clues from a real store, and what holds for all sixteen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.desk import Desk
from app.actions.reports import reports
from app.actions.tickets import followups, tickets
from app.actions.village import benefits
from app.domain.ids import new_id
from app.domain.people.benefit_change import BenefitChange, Ending, Turn
from app.domain.problem import UserError
from app.domain.registers.public_notice import Level, NoticeKind, PublicNotice
from app.domain.registers.publicity import Channel, Publicity
from app.domain.registers.seal import SealEntry, SealUse
from app.domain.reports.catalogue import REPORTS
from app.domain.reports.period import month_of
from app.domain.reports.reviewed import REVIEWS
from app.domain.tickets.ticket import Disposition
from app.domain.visits.visit import VisitState
from app.forms import visit_form
from app.store import Store
from tests.desks import Clock
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household
from tests.unit.actions.reporting import figures, made, signed, told, village


@pytest.fixture
def desk(store: Store) -> Desk:
    return village(store, Clock())


def test_a_corrected_visit_counts_once_and_an_unsigned_one_never(desk: Desk) -> None:
    first = signed(desk)
    signed(desk, amends=first.id, visitors=("w-xiang", "彭丽"))
    signed(desk, state=VisitState.DRAFT)
    visits = figures(made(desk, "coverage", cut="worker").tables[0])
    assert (visits["走访"], visits["几户"], visits["出动人次"]) == (1, 1, 2)


def test_who_was_not_visited_this_month_can_be_named(desk: Desk) -> None:
    with desk.unit("roster") as unit:
        unit.save(household(id=new_id(NOW), classes=("BY",)))
        unit.save(household(id=new_id(NOW)))
    signed(desk)
    month = made(desk, "coverage", period=month_of(NOW.date())).tables[-1]
    assert figures(month, "2026年11月") == {"应访户": 2, "访到": 1, "没访到": 1, "月入户完成率": 0.5}
    assert len(month.lines[0].cells[2].ids) == 1


def test_a_report_made_again_knows_what_was_written_in_between(desk: Desk) -> None:
    def every() -> list[object]:
        return [reports.make(desk, spec.key, month_of(NOW.date())) for spec in REPORTS]

    before = every()
    signed(
        desk,
        purpose="VP06",
        answers={"review_result": "stop", "materials_given": [{"what": "a", "copies": 2}]},
    )
    ticket = tickets.register(desk, request="屋里过不下去。", household=HOME, items=("DB",), urgent=True)
    tickets.decide(desk, ticket.id, Disposition.INSTANT)
    tickets.resolve(desk, ticket.id, result="米送到了")
    followups.schedule(desk, household=HOME, on=desk.today, why="米吃完没有")
    benefits.grant(desk, HOME, "DB", since=desk.today)
    with desk.unit("publicity") as unit:
        unit.save(_publicity(copies=40, reached=200))
    after = every()
    assert after != before
    desk.store.remembered.clear()
    assert every() == after


def test_what_was_handed_out_and_made_known_is_added_up(desk: Desk) -> None:
    signed(desk, purpose="VP17", answers={"gift_money": 500})
    signed(
        desk, answers={"materials_given": [{"what": "低保告知单", "copies": 3}], "explained": ["DB", "LS"]}
    )
    with desk.unit("publicity") as unit:
        unit.save(_publicity(copies=40, reached=200))
        wrong = _publicity(copies=900)
        unit.save(wrong)
        unit.save(replace(_publicity(), amends=wrong.id, void=True))
    both, given, made_known, explained, _events, gifts = made(desk, "handed_out").tables
    assert figures(both)["份数"] == 43
    assert figures(gifts, "低保户") == {"上门": 1, "几户": 1, "钱（元）": 500}
    assert figures(given)["份数"] == 3
    assert figures(made_known, "村喇叭") == {"次数": 1, "听到看到的人": 200, "份数": 40}
    assert figures(explained, "最低生活保障")["讲了几次"] == 1


def _publicity(**changes: object) -> Publicity:
    given = Publicity(new_id(NOW), VILLAGE, NOW.date(), Channel.LOUDSPEAKER, "孤儿政策", "w-xiang", NOW)
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def test_reviews_say_go_on_or_stop(desk: Desk) -> None:
    for answers in ({"conclusion": "fits"}, {"conclusion": "unfit"}, {"conclusion": "watch"}):
        signed(desk, purpose="VP06", answers=answers)
    signed(desk, purpose="VP01", answers={"conclusion": "fits"})
    table = figures(made(desk, "reviews").tables[0])
    assert (table["年审"], table["继续"], table["停"], table["还没定"]) == (3, 1, 1, 1)


def test_reviews_say_outright_what_they_propose(desk: Desk) -> None:
    for result in REVIEWS:
        signed(desk, purpose="VP06", answers={"review_result": result, "conclusion": "watch"})
    table = figures(made(desk, "reviews").tables[0])
    assert [table[words] for words in REVIEWS.values()] == [1, 1, 1, 1]


def test_the_form_asks_what_the_reports_count() -> None:
    fields = visit_form().fields
    assert {"explained", "materials_given", "conclusion", "review_result", "gift_money"} <= set(fields)
    assert {one.code: one.words for one in fields["review_result"].options} == REVIEWS


def test_the_plan_says_who_was_owed_a_visit_and_had_none(desk: Desk) -> None:
    table = made(desk, "coverage", period=month_of(NOW.date())).tables[1]
    monthly = next(line for line in table.lines if line.label.startswith("月入户"))
    assert monthly.cells[2].ids == (HOME,)
    signed(desk)
    table = made(desk, "coverage", period=month_of(NOW.date())).tables[1]
    monthly = next(line for line in table.lines if line.label.startswith("月入户"))
    assert monthly.cells[2].ids == ()


def test_what_was_really_granted_and_ended_stands_beside_the_reviews(desk: Desk) -> None:
    with desk.unit("benefits") as unit:
        for turn, why in ((Turn.GRANTED, None), (Turn.ENDED, Ending.DEAD)):
            told = (turn, NOW.date(), (GRANNY,), "w-xiang", NOW)
            unit.save(BenefitChange(new_id(NOW), VILLAGE, HOME, "DB", *told, why=why))
    changes, why_ended = made(desk, "reviews").tables[1:]
    assert figures(changes, "最低生活保障") == {"新增": 1, "新增人数": 1, "停发": 1, "停发人数": 1}
    assert why_ended.lines[0].label == "人过世了"


def test_seals_are_open_once_their_quarter_hung_on_the_board(desk: Desk) -> None:
    with desk.unit("registers") as unit:
        unit.save(_stamp(date(2026, 8, 3)))
        unit.save(_stamp(date(2026, 11, 3)))
        unit.save(_posted(date(2026, 10, 8), "2026-Q3"))
    notices, _kinds, seals, _uses = made(desk, "openness").tables
    assert figures(notices)["层级、起止都全"] == 1
    assert figures(notices)["到期还没撤"] == 1
    assert [(line.label, line.cells[3].value) for line in seals.lines] == [
        ("2026年第3季度", 1.0), ("2026年第4季度", 0.0),
    ]  # fmt: skip
    assert figures(seals)["盖了几份"] == 4


def _stamp(on: date) -> SealEntry:
    words = ("申请表", "蒋桂英", "领钱", "田志强", "向海燕", "w-xiang")
    return SealEntry(new_id(NOW), VILLAGE, on, SealUse.APPLICATION, *words, NOW, copies=2)


def _posted(on: date, period: str) -> PublicNotice:
    words = ("用章", "村部", "向海燕", "w-xiang")
    until = on + timedelta(days=7)
    notice = PublicNotice(new_id(NOW), VILLAGE, on, NoticeKind.SEALS, *words, NOW)
    return replace(notice, level=Level.VILLAGE, until=until, period=period)


def test_every_report_of_an_empty_village_is_empty_and_whole(desk: Desk) -> None:
    for spec in REPORTS:
        report = made(desk, spec.key)
        assert report.tables
        assert report.basis
        assert report.empty or spec.key == "coverage", spec.key


def test_every_offered_split_gives_the_same_total(desk: Desk) -> None:
    told(desk)
    signed(desk)
    for spec in REPORTS:
        table = -1 if spec.key == "ways" else 0
        usual = figures(made(desk, spec.key).tables[table])
        for cut, words in reports.cuts(desk, spec.key):
            report = made(desk, spec.key, cut=cut)
            assert report.cut == cut
            assert words
            assert figures(report.tables[table]) == usual, (spec.key, cut)


def test_an_unknown_report_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(UserError):
        made(desk, "nothing")
