"""Words begun in a small form stay on this device until they are written down or thrown away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.form_drafts import CALL, HOUSEHOLD
from app.actions.tickets import ticket_drafts
from app.domain.problem import UserError
from app.domain.roles import Role
from app.store import Store
from tests.desks import Clock, desk_on

WORDS = {"name": "彭水生", "door": "3号"}


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store, Clock())


def test_each_form_keeps_its_own_words(desk: Desk) -> None:
    form_drafts.hold(desk, CALL, "c-1", {"outcome": "下个月开庭", "next_on": ""})
    form_drafts.hold(desk, CALL, "c-2", {"outcome": "没到账", "next_on": "week"})
    form_drafts.hold(desk, HOUSEHOLD, "c-1", WORDS)
    assert form_drafts.held(desk, CALL, "c-1")["outcome"] == "下个月开庭"
    assert form_drafts.held(desk, CALL, "c-2")["next_on"] == "week"
    assert form_drafts.held(desk, CALL, "c-3") == {}
    assert ticket_drafts.unfinished(desk) == ()
    form_drafts.release(desk, CALL, "c-1")
    assert form_drafts.held(desk, CALL, "c-1") == {}
    assert form_drafts.held(desk, HOUSEHOLD, "c-1") == WORDS


def test_emptied_words_are_forgotten(desk: Desk) -> None:
    form_drafts.hold(desk, HOUSEHOLD, "h", WORDS)
    form_drafts.hold(desk, HOUSEHOLD, "h", dict.fromkeys(WORDS, ""))
    assert form_drafts.begun(desk, HOUSEHOLD) == ()


def test_whoever_comes_back_finds_whom_she_was_writing_about(desk: Desk) -> None:
    first = form_drafts.take_up(desk, HOUSEHOLD, "")
    assert first.subject
    assert first.answers == {}
    form_drafts.hold(desk, HOUSEHOLD, first.subject, WORDS)
    assert form_drafts.take_up(desk, HOUSEHOLD, "").answers == WORDS
    assert form_drafts.take_up(desk, HOUSEHOLD, "彭水生").answers == WORDS
    other = form_drafts.take_up(desk, HOUSEHOLD, "田小满")
    assert other.answers == {}
    assert other.subject != first.subject


def test_who_may_not_record_keeps_no_words(desk: Desk) -> None:
    auditor = replace(desk, role=Role.AUDITOR)
    with pytest.raises(UserError, match="审计员"):
        form_drafts.hold(auditor, CALL, "c-1", {"outcome": "下个月开庭"})
    assert form_drafts.begun(desk, CALL) == ()
