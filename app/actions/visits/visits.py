"""A home visit from the door to the signature; every field is on disk before the next is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.actions import attachments
from app.actions.checklists import learned
from app.actions.desk import Desk
from app.actions.tickets.ticket_steps import open_ticket, set_course
from app.actions.visits import photos
from app.domain.ids import new_id
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Problem, UserError
from app.domain.record import from_body, to_body
from app.domain.roles import Right
from app.domain.tickets.ticket import Disposition, Ticket
from app.domain.visits.form import OTHER_PERSON
from app.domain.visits.photos import photos_of
from app.domain.visits.visit import Visit, VisitState
from app.forms import visit_form
from app.store.drafts import Draft

KIND = "visit"


@dataclass(frozen=True)
class Unfinished:
    """A visit that was put aside, to go on with."""

    visit: Visit
    household: Household
    saved_at: datetime
    head: str = ""  # whose house it is, by name


def begin(
    desk: Desk,
    household: str,
    *,
    purpose: str,
    origin: str = "self",
    ticket: str | None = None,
    answers: Mapping[str, Any] = MappingProxyType({}),
) -> Visit:
    """Start a visit; it is saved as a draft at once. An unfinished one of the same household is taken up.

    `answers` are known before anybody asked."""
    for unfinished in drafts(desk):
        if unfinished.household.id == household and not unfinished.visit.amends:
            return unfinished.visit
    found = desk.store.reading.get(Household, household)
    visit = Visit(
        id=new_id(desk.now),
        village=found.village,
        household=household,
        purpose=purpose,
        visitors=(desk.worker,),
        started_at=desk.now,
        origin=origin,
        ticket=ticket,
        answers=dict(answers),
    )
    keep(desk, visit)
    return visit


def keep(desk: Desk, visit: Visit) -> datetime:
    """Save the draft durably; returns when, for 已存好 14:32."""
    desk.require(Right.RECORD)
    saved_at = desk.now
    body = {**to_body(visit), "village": visit.village}
    desk.store.drafts.save(Draft(visit.id, KIND, visit.household, body, saved_at))
    return saved_at


def resume(desk: Desk, visit: str) -> Visit:
    """The draft as it was left. Raises UserError when it has been finished or thrown away."""
    draft = desk.store.drafts.find(visit)
    if draft is None:
        raise UserError("这份走访已经写完或者丢掉了，到住户那一页看记录。")
    return _from_draft(draft)


def drafts(desk: Desk) -> tuple[Unfinished, ...]:
    """Visits not yet finished, the latest saved first."""
    found = []
    for draft in desk.store.drafts.of_kind(KIND):
        household = desk.store.reading.find(Household, draft.subject)
        if household is not None:
            head = desk.store.reading.find(Person, household.head) if household.head else None
            name = head.name if head else household.place
            found.append(Unfinished(_from_draft(draft), household, draft.saved_at, name))
    return tuple(found)


def throw_away(desk: Desk, visit: str) -> None:
    """Forget a draft at the worker's wish, with its photos; the log keeps that there was one."""
    with desk.unit("discard draft") as unit:
        desk.store.drafts.drop(visit)
        unit.audit("discard draft", visit)
        gone = photos.let_go(desk, unit, visit)
    attachments.clear(desk, gone)


def problems(desk: Desk, visit: Visit) -> tuple[Problem, ...]:
    """What is still missing, each tied to its field."""
    return visit.problems(desk.now)


def finish(desk: Desk, visit: Visit) -> Visit:
    """Sign, seal and queue the visit; what it found becomes tickets; the draft is gone.

    All of it is one transaction. Raises UserError with every problem when something is missing.
    """
    if missing := visit.problems(desk.now):
        raise UserError(missing[0].words, problems=missing)
    photos.check(desk, visit)
    household = desk.store.reading.get(Household, visit.household)
    with desk.unit("home visit") as unit:
        opened = []
        for finding in visit.answers.get("findings", ()):
            # A correction carries findings that have their ticket already.
            known = finding.get("ticket") or _ticket_for(desk, unit, visit, finding).id
            opened.append({**finding, "ticket": known})
        if opened:
            visit = visit.answered("findings", opened)
        signed = visit.finish(desk.now)
        unit.save(signed)
        if updated := learned.household(desk, household, visit):
            unit.save(updated)
        for person in learned.people(desk, visit):
            unit.save(person)
        desk.store.drafts.drop(visit.id)
        gone = photos.let_go(desk, unit, visit.id, [one.id for one in photos_of(visit, visit_form())])
    attachments.clear(desk, gone)
    return signed


def of_household(desk: Desk, household: str) -> tuple[Visit, ...]:
    """Newest first."""
    return tuple(reversed(desk.store.reading.where(Visit, household=household)))


def last(desk: Desk, household: str) -> Visit | None:
    """The last signed visit, to start from."""
    found = desk.store.reading.by_day(
        Visit, household=household, state=VisitState.SIGNED, newest_first=True, limit=1
    )
    return found[0] if found else None


def recent(desk: Desk, *, limit: int = 50) -> tuple[Visit, ...]:
    """The latest visits of the village, newest first."""
    return desk.store.reading.by_day(Visit, newest_first=True, limit=limit)


def _ticket_for(desk: Desk, unit: Any, visit: Visit, finding: dict[str, Any]) -> Ticket:
    draft = Ticket(
        id=new_id(desk.now),
        village=visit.village,
        received_at=desk.now,
        received_by=desk.worker,
        owner=desk.worker,
        request=str(finding.get("words") or "走访发现的问题"),
        channel="visit",
        household=visit.household,
        visitor="" if visit.respondent == OTHER_PERSON else visit.respondent,
        visitor_name=_name_of(desk, visit),
        items=tuple(finding.get("items", ())),
        urgent=bool(finding.get("urgent")),
        visit=visit.id,
    )
    ticket = open_ticket(desk, unit, draft)
    how = Disposition(finding["disposition"])
    return set_course(desk, unit, ticket, how, to=str(finding.get("to") or ""))


def _name_of(desk: Desk, visit: Visit) -> str:
    if visit.respondent == OTHER_PERSON:
        return str(visit.answers.get("respondent_name") or "")
    person = desk.store.reading.find(Person, visit.respondent) if visit.respondent else None
    return person.name if person else ""


def _from_draft(draft: Draft) -> Visit:
    body = dict(draft.body)
    return from_body(Visit, draft.id, str(body.pop("village")), body)
