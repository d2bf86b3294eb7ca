"""A working day in a process of its own, ended by a power cut: `python -m tests.store.errand FOLDER`.

It plants the words of `PLANTED` through every verb that writes, and leaves its files as they lie.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from app import log, settings
from app.actions import attachments
from app.actions.checklists import checklists, papers
from app.actions.desk import Desk
from app.actions.entry import gate, keys, newcomers, opening, rotation
from app.actions.entry.keys import make_recovery
from app.actions.tickets import tickets
from app.actions.village import finding, households
from app.actions.visits import visits
from app.domain.change import Outcome, Receipt
from app.domain.people.household import Household
from app.domain.people.person import BankAccount, Person
from app.domain.problem import UserError
from app.domain.roles import Role
from app.domain.visits.visit import Met
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import NOW, VILLAGE, id_number
from ui import crash

NAME, GROUP, PHONE = "蒋桂英", "茶园组", "15400003013"
BIRTH = NOW.date().replace(year=1944, month=3, day=2)
NUMBER, ACCOUNT, WORDS = id_number(BIRTH, 302), "999999000000123456", "fengxiang guihua kaile"
HERS = "shui kai de lanzhou"
REQUEST, NOTE, TAG = "伢儿读书钱冒得", "屋后头漏雨得厉害", "独居老人"
PLANTED = (
    NAME, GROUP, PHONE, NUMBER, ACCOUNT, WORDS, REQUEST, NOTE, TAG, "jiangguiying", "guiying", "桂英",
    NUMBER[-6:], PHONE[-6:],
)  # fmt: skip


def work(desk: Desk) -> None:
    """One household, one visit, one ticket, one checklist, some looking up, one answer of the county."""
    home = newcomers.create(desk, newcomers.Newcomer(GROUP, "3号", NAME, NUMBER, phone=PHONE))
    granny = desk.store.reading.where(Person, household=home.id)[0]
    with desk.unit("more") as unit:
        account = BankAccount("农商行", ACCOUNT, NAME)
        unit.save(replace(granny, account=account, tags=(TAG,), note=NOTE))
    visit = visits.begin(desk, home.id, purpose="VP01").answered("note", NOTE)
    visits.keep(desk, visit)
    found = [{"words": REQUEST, "disposition": "instant"}]
    visit = replace(visit, met=Met.HOME, respondent=granny.id, signatures=(NAME,))
    visits.finish(desk, visit.answered("findings", found))
    tickets.register(desk, request=REQUEST, household=home.id, visitor=granny.id, visitor_phone=PHONE)
    made = checklists.begin(desk, checklists.choices(desk)[0].item, applicant=granny.id)
    assert papers.checklist(desk, made.id, draft=True).startswith(b"%PDF")
    assert papers.pictures(desk, made.id, draft=True, width_px=200)
    for query in (NAME, "jgy", "guiying", NUMBER[-4:], PHONE, GROUP, TAG):
        assert finding.people(desk, query).total == 1, query
    assert households.reveal_number(desk, granny.id) == NUMBER
    assert desk.store.finder.rebuild() == 5
    receipts = [Receipt(one.id, Outcome.CONFLICT, 7) for one in desk.store.ledger.outgoing(10**7)]
    desk.store.ledger.settle(receipts, [], {VILLAGE: 7}, "e-1", NOW)


def seal(door: gate.Gate, opened: gate.Opened, desk: Desk) -> gate.Opened:
    """A file for the household, a colleague let in and out, a question to nobody, and another data key."""
    home = next(desk.store.reading.each(Household))
    attachments.add(desk, home.id, f"{NAME} {NUMBER} {NOTE}".encode() * 4000, kind="scan", media="text/plain")
    keys.let_in(door, opened, "w-tian", "田干部", Role.OFFICER, HERS)
    keys.shut_out(door, opened, "w-tian")
    opening.close_desk(desk)
    return rotation.rotate(door, opened)


def stumble() -> None:
    """An error that quotes what a worker typed, kept as the window keeps it."""
    crash.install(Path(sys.argv[1]) / "crash", Clock(), "test", lambda _: None)
    try:
        raise ValueError(f"{NAME} {NUMBER} {PHONE} jiangguiying")
    except ValueError as error:
        crash.keep(error)
        logging.getLogger("errand").warning("could not keep %s of %s", NUMBER, NAME, exc_info=True)


def main() -> None:
    """Work, then let the power go: no file is closed."""
    paths, clock = Paths(Path(sys.argv[1])), Clock()
    log.start(paths.log)
    door = gate.Gate(paths, clock, cost=Cost(1, FLOOR_MEMORY_KIB))
    opened = door.create(WORDS, DEVICE)
    code = make_recovery(door, opened)
    with contextlib.suppress(UserError):
        door.unlock(opened.worker, WORDS[::-1])
    desk = opening.open_desk(door.unlock(opened.worker, WORDS), paths, clock)
    settings.save(paths.settings, settings.Settings(size="large"))
    work(desk)
    opened = seal(door, opened, desk)
    desk = opening.open_desk(door.unlock(opened.worker, WORDS), paths, clock)
    with desk.unit("once more") as unit:  # the log lies beside the file when the power goes
        unit.save(replace(next(desk.store.reading.each(Person)), note=NOTE * 2000))
    stumble()
    sys.stdout.write(f"{opened.key.hex()}\n{code}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
