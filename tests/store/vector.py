"""Writing the store that a release leaves behind for every later one: `python -m tests.store.vector 0.1.0`.

Run once, when a release is made; a folder that exists is never written over.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.actions.checklists import checklists
from app.actions.desk import Desk
from app.actions.entry.gate import Gate
from app.actions.entry.keys import make_recovery
from app.actions.entry.opening import open_desk
from app.actions.tickets import followups, ticket_replies, tickets
from app.actions.visits import visits
from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.person import BankAccount, Benefit, Disability, Parent, ParentState
from app.domain.record import to_body
from app.domain.tickets.ticket import Disposition, ReplyMode
from app.domain.visits.visit import Met
from app.paths import Paths
from app.store import Store
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import GRANNY, HOME, NOW, VILLAGE, household, id_number, person

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "store"
PASSPHRASE = "fengxiang guihua kaile"
KINDS = ("household", "person", "visit", "ticket", "ticket_event", "followup", "checklist")
QUERIES = ("jgy", "蒋", "桂英", "qlm", "302X", "茶园", "低保", "𬎆")


def register(desk: Desk) -> None:
    """A household of two, entered and then confirmed by a county that knows a field we do not."""
    father, mother = ParentState.DEAD, ParentState.LOST_CONTACT
    child = person(
        id="01900000-0000-7000-8000-000000000005",
        name="覃腊梅𬎆",
        birth=date(2017, 9, 1),
        relation="31",
        id_number=id_number(date(2017, 9, 1), 21),
        guardian=GRANNY,
        phone="",
        parents=(Parent("father", father, date(2020, 5, 1)), Parent("mother", mother)),
    )
    granny = person(
        disabilities=(Disability(4, 2, "", date(2030, 1, 1)),),
        benefits=(Benefit("DB", date(2021, 1, 1), 45_000),),
        account=BankAccount("农商行", "999999000000123456", "蒋桂英"),
        tags=("独居",),
        chronic_illness=True,
    )
    with desk.unit("roster") as unit:
        unit.save(household(classes=("DB",), review_on=date(2027, 3, 1)))
        unit.save(granny)
        unit.save(child)
    sent = [Receipt(one.id, Outcome.APPLIED, 3) for one in desk.store.ledger.outgoing(10**7)]
    county = Incoming(
        HOME, "household", VILLAGE, 3, False, {**to_body(household(classes=("DB",))), "later": [1]}
    )
    desk.store.ledger.settle(sent, [county], {VILLAGE: 3}, "e-1", NOW)


def work(desk: Desk) -> None:
    """A little of everything the release can write, and a change the county set aside."""
    visit = visits.begin(desk, HOME, purpose="VP01").answered("note", "屋漏")
    visit = replace(visit, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英",))
    visits.finish(
        desk,
        visit.answered(
            "findings", [{"words": "伢儿读书钱冒得", "disposition": "transfer", "to": "镇民政办"}]
        ),
    )
    ticket = tickets.register(desk, request="办低保", household=HOME, visitor=GRANNY)
    tickets.decide(desk, ticket.id, Disposition.INSTANT)
    tickets.resolve(desk, ticket.id, result="填了表")
    ticket_replies.reply(desk, ticket.id, mode=ReplyMode.FACE, words="当面说了", satisfaction=5)
    checklists.begin(desk, checklists.choices(desk)[0].item, applicant=GRANNY)
    followups.schedule(desk, household=HOME, on=NOW.date() + timedelta(days=7), why="问落实了没有")
    with desk.unit("edit") as unit:
        unit.save(household(classes=("DB",), note="有狗"))
    last = desk.store.ledger.outgoing(10**7)[-1]
    desk.store.ledger.settle([Receipt(last.id, Outcome.CONFLICT, 9)], [], {VILLAGE: 9}, "e-1", NOW)
    visits.begin(desk, HOME, purpose="VP10")


def holds(store: Store) -> dict[str, Any]:
    """What a store says it holds, as plain JSON."""
    return {
        "bodies": {kind: store.reading.bodies(kind) for kind in KINDS},
        "drafts": {one.id: dict(one.body) for one in store.drafts.of_kind("visit")},
        "waiting": [one.id for one in store.ledger.outgoing(10**7)],
        "set_aside": [[one.change.id, one.outcome.value] for one in store.ledger.set_aside()],
        "cursors": dict(store.ledger.cursors()),
        "audit": [[line.at.isoformat(), line.actor, line.verb, line.subject] for line in store.audit.lines()],
        "found": {query: sorted(hit.record for hit in store.finder.find(query).shown) for query in QUERIES},
        "worker": store.meta.device().worker,
        "synced_at": str(store.meta.synced_at()),
    }


def main() -> None:
    """Write the vector of one release."""
    folder = VECTORS / sys.argv[1]
    folder.mkdir(parents=True)
    paths, clock = Paths(folder), Clock()
    gate = Gate(paths, clock, cost=Cost(1, FLOOR_MEMORY_KIB))
    opened = gate.create(PASSPHRASE, DEVICE)
    code = make_recovery(gate, opened)
    desk = open_desk(opened, paths, clock)
    register(desk)
    work(desk)
    names = [row[0] for row in desk.store._db.execute("SELECT name FROM _sqlite_migrations ORDER BY name")]
    told: dict[str, Any] = {"passphrase": PASSPHRASE, "code": code, "key": opened.key.hex()}
    told["migrations"] = names
    told |= holds(desk.store)
    desk.store.close()
    (folder / "holds.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    for left in folder.glob("*.copy"):
        left.unlink()
    shutil.rmtree(folder / "log", ignore_errors=True)


if __name__ == "__main__":
    main()
