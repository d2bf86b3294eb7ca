"""An auditor sees what was done and by whom, and changes, reveals and takes out nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import auditing
from app.actions.checklists import checklist_after, checklists, papers
from app.actions.desk import Desk
from app.actions.tickets import followups
from app.actions.village import households
from app.actions.visits import visits
from app.domain.problem import UserError
from app.domain.roles import Right, Role
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.ui.village import furnish


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(tmp_path / "store.db", KEY, create=True)
    made = desk_on(store, Clock())
    furnish(made)
    auditing.remember_name(made, made.worker, made.worker_name)
    yield made
    store.close()


@pytest.fixture
def auditor(desk: Desk) -> Desk:
    return replace(desk, worker="w-shen", worker_name="审计小组", role=Role.AUDITOR)


ROOT = Path(__file__).resolve().parents[3]
STEPS: tuple[Callable[[Desk], object], ...] = (
    lambda desk: visits.begin(desk, HOME, purpose="VP01"),
    lambda desk: checklists.begin(desk, "DB", applicant=GRANNY),
    lambda desk: followups.schedule(desk, household=HOME, on=desk.today, why="问问"),
    lambda desk: households.reveal_number(desk, GRANNY),
)


@pytest.mark.parametrize("step", STEPS)
def test_an_auditor_records_and_reveals_nothing(
    desk: Desk, auditor: Desk, step: Callable[[Desk], object]
) -> None:
    before = desk.store.ledger.waiting(), len(desk.store.audit.lines()), visits.drafts(desk)
    with pytest.raises(UserError, match=r"只能看|不看"):
        step(auditor)
    assert (desk.store.ledger.waiting(), len(desk.store.audit.lines()), visits.drafts(desk)) == before


def test_an_auditor_takes_nothing_out(desk: Desk, auditor: Desk, tmp_path: Path) -> None:
    made = checklists.begin(desk, "DB", applicant=GRANNY)
    with pytest.raises(UserError, match="带走"):
        papers.export_checklist(auditor, made.id, tmp_path / "out.pdf", draft=True)
    with pytest.raises(UserError, match="带走"):
        checklist_after.printed(auditor, made.id, draft=True)
    assert not (tmp_path / "out.pdf").exists()


def test_an_auditor_reads_and_finds(auditor: Desk) -> None:
    assert households.search(auditor, "jgy").total
    assert households.family(auditor, HOME).household.id == HOME


def test_the_log_says_in_words_who_did_what_to_whom(desk: Desk, auditor: Desk) -> None:
    households.reveal_number(desk, GRANNY)
    newest = auditing.entries(auditor)[0]
    assert (newest.who, newest.what, newest.whom) == (desk.worker_name, "看身份证全号", "蒋桂英")
    assert all("save" not in one.what for one in auditing.entries(auditor))
    assert {one.whom for one in auditing.entries(auditor, words="全号")} == {"蒋桂英"}


def test_every_deed_the_program_writes_down_has_its_words() -> None:
    written = set()
    for room in ("app", "ui"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            written |= set(re.findall(r'\.audit\("([^"]+)"|\("(let in|shut out|keys anew)",', text))
    deeds = {one for pair in written for one in pair if one}
    assert deeds <= set(auditing.VERBS)
    assert len(deeds) > 8


def test_the_log_is_not_for_every_eye(desk: Desk) -> None:
    with pytest.raises(UserError, match="乡镇经办和审计员"):
        auditing.entries(desk)


def test_every_right_has_its_words() -> None:
    from app.domain.roles import REFUSED

    assert set(REFUSED) == set(Right)
    assert all(role.words for role in Role)
