"""Steps that write into the store: families, visits, tickets, lists, drafts, the county's answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from app.actions.checklists import checklist_after, checklists
from app.actions.entry import newcomers
from app.actions.tickets import ticket_drafts, ticket_replies, tickets
from app.actions.village import roster
from app.actions.visits import visits
from app.domain.change import Change, Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.tickets.ticket import Disposition, ReplyMode, Trip
from app.domain.visits.visit import Met
from tests.facts import GRANNY, HOME, VILLAGE, id_number
from tests.faults.day import Day
from tests.faults.steps import step

ROSTER_HOUSEHOLDS = 12


@step("household")
def household(day: Day) -> None:
    """A family entered at the door, then its place and its head put right."""
    name = f"向{day.words(2)}"
    newcomer = newcomers.Newcomer("茶园组", f"{day.chance.randrange(900)}号", name, fresh_number(day))
    home = newcomers.create(day.desk, newcomer, another=True)
    with day.desk.unit("edit") as unit:
        unit.save(replace(home, group=f"{day.words(1)}组", note=day.words(30)))
    (head,) = day.desk.store.reading.where(Person, household=home.id)
    with day.desk.unit("edit") as unit:
        unit.save(replace(head, tags=(day.words(2),), phone="15400003013"))


@step("visit")
def visit(day: Day) -> None:
    """A visit kept field by field, signed with what it found, which becomes a ticket."""
    begun = visits.begin(day.desk, HOME, purpose="VP01")
    for _ in range(4):
        begun = begun.answered("note", day.words(20))
        visits.keep(day.desk, begun)
    found = [{"words": day.words(6), "disposition": "instant"}]
    begun = replace(begun, met=Met.HOME, respondent=GRANNY, signatures=("蒋桂英",))
    visits.finish(day.desk, begun.answered("findings", found))


@step("ticket")
def ticket(day: Day) -> None:
    """A matter from its number to its end."""
    desk = day.desk
    made = tickets.register(desk, request=day.words(8), household=HOME, visitor=GRANNY).id
    tickets.decide(desk, made, Disposition.TRANSFER, to="镇民政办")
    tickets.wait_for(desk, made, "派出所", external=True)
    tickets.go_on(desk, made, note=day.words(5))
    tickets.add_trip(desk, made, Trip(on=desk.today, where="镇民政办", outcome="办了一半"))
    tickets.resolve(desk, made, result=day.words(6))
    ticket_replies.reply(desk, made, mode=ReplyMode.FACE, words=day.words(6), satisfaction=5)
    tickets.close(desk, made)


@step("checklist")
def checklist(day: Day) -> None:
    """A list made, ticked and walked through."""
    choice = day.chance.choice(checklists.choices(day.desk))
    made = checklists.begin(day.desk, choice.item, applicant=GRANNY)
    for place, errand in enumerate(made.steps):
        if errand.papers:
            checklists.hold(day.desk, made.id, place, 0, held=True)
        checklist_after.step_done(day.desk, made.id, place)


@step("drafts")
def drafts(day: Day) -> None:
    """Tickets begun: one thrown away, one registered, and words held in a panel."""
    for keep in (False, True):
        new = ticket_drafts.begin(day.desk, visitor=GRANNY, household=HOME)
        for _ in range(3):
            new = replace(new, request=new.request + day.words(4))
            ticket_drafts.keep(day.desk, new)
        if keep:
            made = ticket_drafts.register(day.desk, new)
            ticket_drafts.hold(day.desk, made.id, "result", {"result": day.words(9)})
            if day.chance.random() < 0.5:
                ticket_drafts.release(day.desk, made.id, "result")
        else:
            ticket_drafts.drop(day.desk, new.id)


@step("roster")
def county_roster(day: Day) -> None:
    """Many families in one transaction."""
    # Spreadsheets are slow to load, and only this step needs them.
    from tests.unit.tables.sheets import reading

    group = f"{day.words(2)}组"
    rows = [
        (f"{n:03d}", group, f"{n}号", f"向{day.words(2)}", "户主", "男", fresh_number(day))
        for n in range(ROSTER_HOUSEHOLDS)
    ]
    roster.import_roster(day.desk, reading(*rows))


@step("county")
def county(day: Day) -> None:
    """The county's answer: receipts of both kinds, rows it altered, a person it knows and we do not."""
    ledger = day.desk.store.ledger
    with day.desk.unit("edit") as unit:
        home = day.desk.store.reading.get(Household, HOME)
        unit.save(replace(home, door=f"{day.chance.randrange(900)}号", note=day.words(9)))
    seq = ledger.cursors()[VILLAGE]
    receipts, rows = [], list[Incoming]()
    changes = ledger.outgoing(60_000)
    for change in changes:
        seq += 1
        outcome = Outcome.APPLIED if day.chance.random() < 0.8 else Outcome.CONFLICT
        receipts.append(Receipt(change.id, outcome, seq))
    for changed in {one.record: one for one in changes if one.type in ("household", "person")}.values():
        seq += 1
        if day.chance.random() < 0.7:
            rows.append(Incoming(changed.record, changed.type, VILLAGE, seq, False, _body(day, changed)))
    seq += 1
    rows.append(Incoming(f"c-{seq}-{day.words(3)}", "person", VILLAGE, seq, False, _stranger(day)))
    ledger.settle(receipts, rows, {VILLAGE: seq}, "e-1", day.desk.now)


@step("index")
def index(day: Day) -> None:
    """The search index made anew."""
    day.desk.store.finder.rebuild()


def _body(day: Day, change: Change) -> dict[str, object]:
    (text,) = day.desk.store._db.execute("SELECT body FROM record WHERE id = ?", [change.record]).fetchone()
    return {**json.loads(text), "note": day.words(12), "later": [day.words(1)]}


def _stranger(day: Day) -> dict[str, object]:
    return {"name": f"覃{day.words(2)}", "household": HOME, "sex": "2", "relation": "99"}


def fresh_number(day: Day) -> str:
    """An identity number hardly anybody has yet."""
    birth = date(1935, 1, 1) + timedelta(days=day.chance.randrange(25_000))
    return id_number(birth, day.chance.randrange(500) * 2 + 1)
