"""A ticket's papers are made of what stands in the store, printed through the queue, told in the story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.checklists import print_queue
from app.actions.desk import Desk
from app.actions.tickets import ticket_papers, ticket_replies, ticket_views, tickets
from app.actions.tickets.ticket_papers import TicketPaper
from app.actions.tickets.ticket_story import unbroken
from app.domain.checklists.print_job import JobState, PrintLook
from app.domain.problem import UserError
from app.domain.roles import Right, Role
from app.domain.tickets.slip import Slip, SlipKind
from app.domain.tickets.ticket import Disposition, ReplyMode, State, Ticket
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person
from tests.unit.documents import pages

LOOK = PrintLook()


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return desk


def _registered(desk: Desk, **more: object) -> str:
    words = "伢儿读书钱冒得。"
    return tickets.register(desk, request=words, household=household().id, visitor=person().id, **more).id  # type: ignore[arg-type]  # keyword facts of a test


def _answered(desk: Desk) -> str:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    tickets.resolve(desk, ticket, result="到账 1100 元，查给她看了。")
    ticket_replies.reply(desk, ticket, mode=ReplyMode.FACE, words="当面说了", satisfaction=5, rated_by="本人")
    return ticket


def _slip(desk: Desk, ticket: str) -> Slip:
    return ticket_papers.slip_of(desk, ticket_views.story(desk, ticket), SlipKind.TAKEN)


def test_the_slip_calls_her_granny_and_names_nobody_in_full(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.TRANSFER, to="枫香镇民政办")
    slip = _slip(desk, ticket)
    assert (slip.called, slip.receiver, slip.gaps) == ("蒋奶奶", "向海燕", ())
    assert "转给了枫香镇民政办" in slip.course
    pdf = ticket_papers.document(desk, ticket, TicketPaper.TAKEN)
    assert person().name not in pages.words(pdf, 0)
    assert person().id_number not in pages.words(pdf, 0)


def test_before_it_is_decided_only_a_draft_is_printed(desk: Desk) -> None:
    looked = ticket_papers.look(desk, _registered(desk), TicketPaper.TAKEN, width_px=300)
    assert looked.gaps == ("还没说怎么办",)


def test_somebody_without_a_name_gets_a_slip_too(desk: Desk) -> None:
    ticket = tickets.register(desk, request="路过的，没吃饭。").id
    tickets.decide(desk, ticket, Disposition.INSTANT)
    slip = _slip(desk, ticket)
    assert (slip.called, slip.gaps) == ("", ())
    assert "凭这个号来问" in slip.hears


def test_a_slip_goes_through_the_queue_and_into_the_story(desk: Desk) -> None:
    ticket = _answered(desk)
    (job,) = print_queue.ask_ticket(desk, ticket, TicketPaper.TOLD, LOOK)
    assert (job.title, job.draft) == ("蒋桂英（茶园组 3号）回音单", False)
    taken = print_queue.take(desk, job.id)
    assert taken is not None
    assert taken.pdf is not None
    assert "到账1100元" in pages.words(taken.pdf, 0)
    assert print_queue.came_out(desk, [job.id]) == 1
    assert ticket_views.story(desk, ticket).events[0].verb == "打了回音单"


def test_what_lacks_something_by_now_is_not_given_away(desk: Desk) -> None:
    ticket = _registered(desk)
    tickets.decide(desk, ticket, Disposition.INSTANT)
    (job,) = print_queue.ask_ticket(desk, ticket, TicketPaper.TAKEN, LOOK)
    silent = replace(desk, worker_phone="")
    taken = print_queue.take(silent, job.id)
    assert taken is not None
    assert taken.pdf is None
    assert taken.job.state is JobState.FAILED
    assert "不知道村里打哪个电话" in taken.job.why


def test_a_slip_is_saved_to_be_printed_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (job,) = print_queue.ask_ticket(desk, _answered(desk), TicketPaper.FILE, LOOK)
    print_queue.save_elsewhere(desk, job.id, tmp_path / "a.pdf")
    assert "件件有回音" in pages.words((tmp_path / "a.pdf").read_bytes(), 0)
    assert print_queue.queue(desk) == ()


def test_the_papers_offered_are_those_that_make_sense(desk: Desk) -> None:
    fresh = desk.store.reading.get(Ticket, _registered(desk))
    answered = desk.store.reading.get(Ticket, _answered(desk))
    assert ticket_papers.fitting(fresh) == (TicketPaper.TAKEN, TicketPaper.FILE)
    assert ticket_papers.fitting(answered) == (TicketPaper.TOLD, TicketPaper.TAKEN, TicketPaper.FILE)
    assert ticket_papers.fitting(replace(fresh, state=State.DRAFT)) == ()


def test_a_story_with_a_line_taken_out_is_seen(desk: Desk) -> None:
    events = ticket_views.story(desk, _answered(desk)).events[::-1]
    assert unbroken(events)
    assert not unbroken((*events[:1], *events[2:]))


def test_a_role_that_takes_nothing_out_prints_nothing(desk: Desk) -> None:
    ticket = _answered(desk)
    readers = [role for role in Role if not role.may(Right.TAKE_OUT)]
    for role in readers:
        with pytest.raises(UserError):
            print_queue.ask_ticket(replace(desk, role=role), ticket, TicketPaper.TOLD, LOOK)
