"""民情日记: what she did stands there by day in plain words, once, and nothing that must not be read."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions import other_papers
from app.actions.desk import Desk
from app.actions.tickets import followups, tickets
from app.actions.visits import diary, visit_papers, visit_sitting, visits
from app.domain.problem import UserError
from app.domain.tickets.ticket import Disposition
from app.domain.visits.asking import with_value
from app.store import Store
from tests.desks import Clock
from tests.facts import GRANNY, HOME
from tests.unit.actions.at_home import BOY, desk_at_home, every_word, told

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return desk_at_home(store, clock)


def visited(desk: Desk, **answers: object) -> str:
    visit = told(visit_sitting.start(desk, HOME).visit, **answers)
    return visit_sitting.finish(desk, visit).id


def test_a_day_tells_whom_she_saw_what_was_said_and_what_was_done(desk: Desk) -> None:
    visited(
        desk,
        needs=["medical"],
        needs_words="腿痛，走不得远路",
        explained=["YJ"],
        materials_given=[{"what": "医疗救助单", "copies": 2}],
    )
    found = diary.diary(desk, FIRST, LAST)
    (day,) = found.days
    (entry,) = day.entries
    assert day.on == date(2026, 11, 20)
    assert entry.head == "到茶园组 3号 蒋桂英家：月入户 · 在家，见到蒋桂英。"
    assert "说：腿痛，走不得远路" in entry.lines
    assert "记下：屋顶漏雨（转出去：镇民政办），首访单 000001-1。" in entry.lines
    assert "讲了：医疗救助。" in entry.lines
    assert "发了：医疗救助单 2 份。" in entry.lines
    assert found.tally.words == "走访 1 户次，见到人 1 户次，发资料 2 份，办首访单 1 张。"


def test_tickets_and_calls_stand_beside_the_visits_in_order(desk: Desk, clock: Clock) -> None:
    ticket = tickets.register(desk, request="伢儿读书钱冒得。", household=HOME, visitor=GRANNY)
    tickets.decide(desk, ticket.id, Disposition.TRANSFER, to="镇民政办")
    clock.forward(hours=1)
    call = followups.schedule(desk, household=HOME, person=GRANNY, on=desk.today, why="法院走到哪一步")
    followups.done(desk, call.id, outcome="还没立案。")
    clock.forward(hours=1)
    visited(desk)
    (day,) = diary.diary(desk, FIRST, LAST).days
    heads = [entry.head for entry in day.entries]
    assert heads == [
        f"首访单 {ticket.short_number}。蒋桂英：伢儿读书钱冒得。",
        "打电话问蒋桂英：法院走到哪一步。",
        "到茶园组 3号 蒋桂英家：月入户 · 在家，见到蒋桂英。",
    ]
    assert day.entries[1].lines == ("说：还没立案。",)


def test_a_corrected_visit_stands_once(desk: Desk) -> None:
    first = visited(desk)
    draft = visit_sitting.correct(desk, first).visit
    visit_sitting.finish(desk, told(draft, needs=["talk"], needs_words="想有人讲讲话"))
    found = diary.diary(desk, FIRST, LAST)
    assert found.tally.visits == 1
    assert "说：想有人讲讲话" in found.days[0].entries[0].lines


def test_what_others_did_and_other_days_are_not_hers(desk: Desk, clock: Clock) -> None:
    draft = visits.begin(desk, HOME, purpose="VP01")
    visits.keep(desk, with_value(draft, "visitors", ("w-peng",)))
    visit_sitting.finish(desk, told(visits.resume(desk, draft.id), visitors=("w-peng",), findings=None))
    assert diary.diary(desk, FIRST, LAST).days == ()
    clock.forward(days=10)
    visited(desk)
    assert diary.diary(desk, FIRST, LAST).days == ()


def test_a_child_in_danger_is_not_in_the_diary(desk: Desk) -> None:
    visited(desk, child_safety={BOY: "danger"}, child_reported=["police"], mood="low")
    text = every_word(visit_papers.diary(desk, FIRST, LAST))
    for word in ("伤害", "110", "不大说话"):
        assert word not in text


def test_the_pages_are_printed_by_their_days(desk: Desk) -> None:
    visited(desk)
    text = every_word(other_papers.kind("diary").make(desk, "2026-11-16..2026-11-22"))
    for word in ("民情日记", "向海燕", "2026年11月16日到2026年11月22日", "11月20日星期五", "走访1户次"):
        assert word in text
    title = other_papers.kind("diary").title(desk, "2026-11-16..2026-11-22")
    assert title == "民情日记 11月16日到11月22日"


def test_an_empty_period_says_so_and_days_the_wrong_way_round_are_refused(desk: Desk) -> None:
    assert "没有记下" in every_word(visit_papers.diary(desk, FIRST, LAST))
    with pytest.raises(UserError):
        visit_papers.diary(desk, LAST, FIRST)
