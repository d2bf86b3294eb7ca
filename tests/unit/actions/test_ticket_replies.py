"""A reply keeps who was told how, every face that was pointed at, and the day money was promised for."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.tickets import ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_replies import Finer
from app.domain.problem import UserError
from app.domain.tickets.followup import FollowUp
from app.domain.tickets.ticket import Disposition, ReplyMode, State
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def _resolved(desk: Desk) -> str:
    words = "伢儿读书钱冒得。"
    ticket = tickets.register(desk, request=words, household=household().id, visitor=person().id).id
    tickets.decide(desk, ticket, Disposition.INSTANT)
    tickets.resolve(desk, ticket, result="下月起打到卡上。")
    return ticket


def test_every_rating_is_kept_also_the_one_that_opened_it_again(desk: Desk) -> None:
    ticket = _resolved(desk)
    ticket_replies.reply(desk, ticket, mode=ReplyMode.FACE, words="说了", satisfaction=2, rated_by="本人")
    tickets.resolve(desk, ticket, result="又查了，这月就到。")
    told = ticket_replies.reply(
        desk, ticket, mode=ReplyMode.FACE, words="说了", satisfaction=5, rated_by="家里人"
    )
    assert [(one.score, one.by) for one in told.ratings] == [(2, "本人"), (5, "家里人")]
    assert (told.satisfaction, told.rated_by) == (5, "家里人")


def test_the_three_finer_faces_are_kept_and_told_in_the_story(desk: Desk) -> None:
    ticket = _resolved(desk)
    told = ticket_replies.reply(
        desk, ticket, mode=ReplyMode.FACE, words="说了", satisfaction=4, rated_by="本人",
        finer=Finer(speed=3, manner=5),
    )  # fmt: skip
    (rating,) = told.ratings
    assert (rating.speed, rating.skill, rating.manner) == (3, 0, 5)
    line = ticket_views.story(desk, ticket).events[0]
    assert line.note == "本人指的。办得快不快：基本满意。态度好不好：非常满意"


def test_who_would_not_point_is_kept_as_one_who_would_not(desk: Desk) -> None:
    told = ticket_replies.reply(desk, _resolved(desk), mode=ReplyMode.PHONE, words="说了", rated_by="不愿评")
    assert [(one.score, one.by) for one in told.ratings] == [(0, "不愿评")]
    assert told.state is State.REPLIED


def test_money_that_was_promised_is_asked_after(desk: Desk) -> None:
    ticket = _resolved(desk)
    ticket_replies.reply(desk, ticket, mode=ReplyMode.PHONE, words="说了", pays_on=date(2026, 12, 10))
    (call,) = desk.store.reading.where(FollowUp, ticket=ticket)
    assert (call.rule, call.due_on) == ("paid", date(2026, 12, 21))  # the 20th is a Sunday


def test_a_reply_given_on_a_visit_names_the_visit(desk: Desk) -> None:
    told = ticket_replies.reply(desk, _resolved(desk), mode=ReplyMode.FACE, words="说了", visit="v-1")
    assert told.reply_visit == "v-1"


def test_no_slip_is_handed_over_before_she_was_told(desk: Desk) -> None:
    ticket = _resolved(desk)
    with pytest.raises(UserError, match="还没回话"):
        ticket_replies.handed(desk, ticket)
    ticket_replies.reply(desk, ticket, mode=ReplyMode.PAPER, words="写成纸给了")
    assert ticket_replies.handed(desk, ticket).receipt_at == desk.now


def test_told_again_the_old_slip_counts_no_more(desk: Desk) -> None:
    ticket = _resolved(desk)
    ticket_replies.reply(desk, ticket, mode=ReplyMode.PAPER, words="给了")
    ticket_replies.handed(desk, ticket)
    tickets.go_on(desk, ticket, note="又有新情况")
    tickets.resolve(desk, ticket, result="补发了。")
    assert ticket_replies.reply(desk, ticket, mode=ReplyMode.PHONE, words="说了").receipt_at is None
