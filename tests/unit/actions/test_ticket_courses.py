"""Who took it, who decided, what was explained, which papers follow: kept, told, and never half."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions import today
from app.actions.desk import Desk
from app.actions.tickets import courses, followups, ticket_replies, ticket_views, tickets
from app.domain.problem import UserError
from app.domain.roles import Role
from app.domain.tickets.handling import Explanation
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket
from app.domain.tickets.ticket_map import stages
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    desk = desk_on(store, clock)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def decided(desk: Desk, how: Disposition, to: str = "", **more: object) -> str:
    one = tickets.register(desk, request="伢儿读书钱冒得。", visitor=person().id, **more)  # type: ignore[arg-type]  # keyword facts of a test
    return tickets.decide(desk, one.id, how, to=to).id


def line(desk: Desk, ticket: str) -> tuple[str, str]:
    newest = ticket_views.story(desk, ticket).events[0]
    return newest.verb, newest.note


def test_who_took_it_is_kept_with_their_number_and_telephone(desk: Desk) -> None:
    ticket = decided(desk, Disposition.TRANSFER, "派出所")
    taken = courses.accepted(desk, ticket, by="田志强", phone="15400008888", number="甲12")
    assert taken.taken is not None
    assert (taken.taken.by, taken.taken.phone, taken.taken.number) == ("田志强", "15400008888", "甲12")
    assert taken.taken.at == desk.now
    assert line(desk, ticket) == ("对方已收", "田志强接的，电话 15400008888，对方编号 甲12")
    assert taken.received_by == "w-xiang"


def test_a_deliberation_says_who_decided_when_and_how(desk: Desk) -> None:
    ticket = decided(desk, Disposition.DELIBERATION, "枫香镇政府")
    for given, field in (
        ({"by": "", "words": "给"}, "by"),
        ({"by": "镇里", "words": ""}, "note"),
        ({"by": "镇里", "words": "给", "on": desk.today + timedelta(1)}, "on"),
    ):
        with pytest.raises(UserError) as refused:
            courses.decided(desk, ticket, **given)  # type: ignore[arg-type]  # keyword facts of a test
        assert refused.value.problems[0].field == field
    kept = courses.decided(desk, ticket, by="党政联席会", words="给 500 元", how="开会定的")
    assert kept.decision is not None
    assert (kept.state, kept.decision.on, kept.decision.by) == (State.IN_PROGRESS, desk.today, "党政联席会")
    assert line(desk, ticket) == ("议定了", "11月20日，党政联席会，开会定的：给 500 元")
    assert "decided" in stages(ticket_views.story(desk, ticket).events[::-1])


def test_only_what_was_reported_can_be_decided(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有报上去议"):
        courses.decided(desk, decided(desk, Disposition.TRANSFER, "派出所"), by="镇里", words="给")


def test_an_explanation_is_complete_or_refused_beside_what_is_missing(desk: Desk) -> None:
    ticket = decided(desk, Disposition.EXPLAIN)
    full = Explanation(("谁能办",), "办法第八条", "reserved", right_notice=True)
    for given, nature, field in (
        (replace(full, points=()), "consult", "points"),
        (replace(full, accept_level=""), "consult", "accept_level"),
        (replace(full, basis=""), "unreasonable", "basis"),
        (replace(full, right_notice=False), "out_of_scope", "right_notice"),
    ):
        with pytest.raises(UserError) as refused:
            courses.explained(desk, ticket, given, nature=nature)
        assert refused.value.problems[0].field == field
    kept = courses.explained(desk, ticket, full, nature="unreasonable")
    assert (kept.state, kept.provisional) == (State.RESOLVED, True)
    assert kept.result == "讲了谁能办；还有看法。依据：办法第八条"
    assert line(desk, ticket) == ("拟定：不合规定", "由镇里再看一遍才算。")


def test_only_the_town_makes_it_count(desk: Desk) -> None:
    ticket = decided(desk, Disposition.EXPLAIN)
    given = Explanation(("为什么办不了",), "办法第八条", "understood", right_notice=True)
    courses.explained(desk, ticket, given, nature="unreasonable")
    with pytest.raises(UserError, match="协理员只能拟定"):
        courses.confirm_nature(desk, ticket, agreed=True)
    town = replace(desk, worker="w-town", worker_name="田志强", role=Role.OFFICER)
    assert any(entry.chip == "等镇里定" for entry in today.agenda(town).entries)
    agreed = courses.confirm_nature(town, ticket, agreed=True)
    assert (agreed.provisional, agreed.confirmed_by) == (False, "w-town")
    with pytest.raises(UserError, match="没有等镇里定的"):
        courses.confirm_nature(town, ticket, agreed=True)


def test_the_town_may_still_agree_after_the_archive_and_nothing_else_changes_there(desk: Desk) -> None:
    ticket = decided(desk, Disposition.EXPLAIN)
    given = Explanation(("为什么办不了",), "办法第八条", "understood", right_notice=True)
    courses.explained(desk, ticket, given, nature="out_of_scope")
    ticket_replies.reply(desk, ticket, mode=ReplyMode.FACE, words="当面说了")
    tickets.close(desk, ticket)
    town = replace(desk, worker="w-town", worker_name="田志强", role=Role.OFFICER)
    asked = [one.record for one in today.agenda(town).entries if one.chip == "等镇里定"]
    assert asked == [ticket], "an archived one does not drop out of sight"
    assert courses.confirm_nature(town, ticket, agreed=True).state is State.ARCHIVED
    assert not [one for one in today.agenda(town).entries if one.chip == "等镇里定"]
    with pytest.raises(UserError, match="只能看和打印"):
        courses.owe(desk, ticket, name="户口本")


def test_a_no_of_the_town_needs_its_reason_and_asks_the_worker_to_call(desk: Desk) -> None:
    ticket = decided(desk, Disposition.EXPLAIN)
    given = Explanation(("为什么办不了",), "办法第八条", "not_understood", right_notice=True)
    courses.explained(desk, ticket, given, nature="unreasonable")
    town = replace(desk, worker="w-town", worker_name="田志强", role=Role.OFFICER)
    with pytest.raises(UserError, match="为什么不同意"):
        courses.confirm_nature(town, ticket, agreed=False)
    kept = courses.confirm_nature(town, ticket, agreed=False, note="她家符合第九条")
    assert (kept.nature, kept.provisional) == ("reasonable", False)
    assert line(desk, ticket) == ("镇里不同意，按合理的办", "她家符合第九条")
    assert [one.why for one in followups.due(desk)] == ["告诉她镇里的意见，接着办"]


def test_no_field_labels_a_person_or_keeps_a_mood() -> None:
    words = " ".join((*Ticket.__annotations__, *Explanation.__annotations__))
    for label in ("mood", "emotion", "attitude", "difficult", "label", "tag", "blacklist"):
        assert label not in words


def test_an_urgent_matter_is_counted_in_hours_and_never_waits_for_a_paper(desk: Desk, clock: Clock) -> None:
    ticket = decided(desk, Disposition.TRANSFER, "镇民政办", urgent=True)
    due = ticket_views.story(desk, ticket).due
    assert due is not None
    assert (due.hours, due.day) == (48, date(2026, 11, 22))
    owed = courses.owe(desk, ticket, name="诊断证明", on=date(2026, 11, 24))
    assert tickets.resolve(desk, ticket, result="先给了 1000 元").state is State.RESOLVED
    with pytest.raises(UserError, match="已经记了"):
        courses.owe(desk, ticket, name="诊断证明")
    clock.forward(days=4)
    (call,) = [one for one in followups.due(desk) if one.why == "问诊断证明补来没有"]
    assert call.due_on == owed.owed[0].owed_on
    assert courses.brought(desk, ticket, name="诊断证明").owed[0].brought_on == desk.today
    with pytest.raises(UserError, match="没有记这一样"):
        courses.brought(desk, ticket, name="诊断证明")


def test_two_hours_without_a_step_and_a_late_first_step_stand_on_top_of_the_day(
    desk: Desk, clock: Clock
) -> None:
    one = tickets.register(desk, request="火烧了屋", visitor=person().id, urgent=True)

    def chip() -> str:
        (entry,) = [each for each in today.agenda(desk).entries if each.record == one.id]
        assert entry.press.name == "URGENT"
        return entry.chip

    assert chip() == "急难 · 还剩 48 小时"
    clock.forward(hours=2)
    assert chip() == "急难 · 2 小时没动"
    clock.forward(hours=22)
    assert chip() == "急难 · 还没走第一步"
    tickets.decide(desk, one.id, Disposition.TRANSFER, to="镇民政办")
    assert chip() == "急难 · 还剩 24 小时"
    clock.forward(hours=25)
    assert chip() == "急难 · 超了 1 小时"


def test_hours_a_hospital_has_it_are_added(desk: Desk, clock: Clock) -> None:
    ticket = decided(desk, Disposition.TRANSFER, "镇民政办", urgent=True)
    tickets.wait_for(desk, ticket, "医院诊断", external=True)
    clock.forward(hours=30)
    due = ticket_views.story(desk, ticket).due
    assert due is not None
    assert (due.hours, due.paused) == (48, "医院诊断")
    assert tickets.go_on(desk, ticket, note="诊断来了").due_at == desk.now + timedelta(hours=48)


def test_the_kind_of_a_matter_moves_its_day(desk: Desk) -> None:
    one = tickets.register(desk, request="路灯坏了没人管", nature="complaint")
    assert tickets.decide(desk, one.id, Disposition.TRANSFER, to="镇政府").due_on == date(2026, 12, 4)
    two = tickets.register(desk, request="问一下")
    kept = tickets.decide(desk, two.id, Disposition.EXPLAIN, nature="help")
    assert (kept.nature, kept.due_on) == ("help", date(2026, 11, 25))


def test_what_should_have_been_handed_on_is_pressing(desk: Desk, clock: Clock) -> None:
    one = tickets.register(desk, request="问低保")

    def entry() -> tuple[str, str]:
        (found,) = [each for each in today.agenda(desk).entries if each.record == one.id]
        return found.press.name, found.chip

    assert entry() == ("TODAY", "还没说怎么办")
    clock.forward(days=3)  # Monday, the first working day after
    assert entry() == ("TODAY", "还没说怎么办")
    clock.forward(days=1)
    assert entry() == ("OVERDUE", "早该说怎么办了")
    tickets.decide(desk, one.id, Disposition.TRANSFER, to="镇政府")
    assert not [each for each in today.agenda(desk).entries if each.record == one.id]


def test_a_reminder_comes_as_many_days_before_as_the_county_says(desk: Desk, clock: Clock) -> None:
    ticket = decided(desk, Disposition.DELIBERATION, "镇政府")  # due in ten working days
    clock.forward(days=11)  # Tuesday: three left
    assert not [one for one in today.agenda(desk).entries if one.record == ticket]
    clock.forward(days=1)
    (entry,) = [one for one in today.agenda(desk).entries if one.record == ticket]
    assert (entry.press.name, entry.chip, entry.title) == ("SOON", "还剩 2 个工作日", "问镇政府议了没有")
