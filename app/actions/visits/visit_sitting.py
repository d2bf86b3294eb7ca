"""Sitting down to one visit: all the form needs to ask well, corrections, and the signature at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.actions.desk import Desk
from app.actions.visits import visit_subjects, visits
from app.domain.ids import new_id
from app.domain.packs.policy import ItemKinds
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.tickets.ticket import Ticket
from app.domain.visits.asking import Situation, Subject
from app.domain.visits.form import Form
from app.domain.visits.photos import SIGNED_PAGE
from app.domain.visits.proposals import untaken
from app.domain.visits.visit import Visit, VisitState
from app.forms import form_of, visit_form

TOWN_OFFICE = "town-civil"
# What is not carried into a correction: it is signed anew.
SIGNED_PARTS = ("strokes", "signing")


@dataclass(frozen=True)
class Sitting:
    """One visit with the family it is about. Members: head first, then eldest first.

    `partners` are people who have gone along before; `town_phone` is empty while the pack has none.
    """

    visit: Visit
    household: Household
    title: str
    members: tuple[Person, ...]
    earlier: tuple[Visit, ...]  # signed before this one, the latest first
    partners: tuple[str, ...]
    worker: str
    worker_name: str
    town: str
    town_phone: str
    form: Form
    now: datetime
    today: date
    items: ItemKinds = ()  # service items a finding may be about
    offices: tuple[str, ...] = ()  # where a matter may be handed to
    tickets: tuple[Ticket, ...] = ()
    village_name: str = ""  # for the mark on a document's picture
    corrected_by: str = ""  # the signed visit that corrects this one
    left: tuple[Person, ...] = ()  # named in this visit, and of another household since
    matters: tuple[Subject, ...] = ()  # tickets of the family that run now
    benefits: tuple[Subject, ...] = ()  # what the family draws now
    named: Mapping[str, str] = field(default_factory=dict)  # tickets and items this visit speaks of

    def situation(self, visit: Visit) -> Situation:
        """What the form asks of `visit`, which may have gone on since; ages are those of its day."""
        on = visit.started_at.date()
        return Situation(visit, self.household, self.members, on, self.matters, self.benefits)

    def said_before(self, *names: str) -> Visit | None:
        """The latest earlier visit that answered any of these fields: a short visit asks few of them."""
        return next((one for one in self.earlier if any(name in one.answers for name in names)), None)

    def name_of(self, person: str) -> str:
        """The name behind the id of a person, a ticket, an item or the worker; else it is a name already."""
        if person == self.worker:
            return self.worker_name
        spoken: tuple[Person | Subject, ...] = (*self.members, *self.left, *self.matters, *self.benefits)
        return next((one.name for one in spoken if one.id == person), self.named.get(person, person))


def start(
    desk: Desk,
    household: str,
    *,
    purpose: str = "",
    ticket: str | None = None,
    origin: str = "",
    campaign: str = "",
) -> Sitting:
    """Sit down at this household; an unfinished visit there is taken up.

    A visit for the county's `campaign` has its name filled in where the form asks for one.
    Without an `origin` a visit for a ticket comes from the ticket, any other from the worker herself.
    """
    origin = origin or ("ticket" if ticket else "self")
    named = campaign and visit_form().asks(purpose, "campaign")
    answers = {"campaign": campaign} if named else {}
    begun = visits.begin(desk, household, purpose=purpose, origin=origin, ticket=ticket, answers=answers)
    return _sitting(desk, begun)


def resume(desk: Desk, draft: str) -> Sitting:
    """Go on with an unfinished visit. Raises UserError when it has been finished or thrown away."""
    return _sitting(desk, visits.resume(desk, draft))


def look(desk: Desk, visit: str) -> Sitting:
    """A signed visit to read. Raises StorageFault when it is not here."""
    found = desk.store.reading.get(Visit, visit)
    sitting = _sitting(desk, found)
    later = [one for one in visits.of_household(desk, found.household) if one.amends == visit]
    tickets = desk.store.reading.many(Ticket, [str(one["ticket"]) for one in _ticketed(found)])
    return replace(sitting, tickets=tickets, corrected_by=later[0].id if later else "")


def correct(desk: Desk, visit: str) -> Sitting:
    """Begin a correction of a signed visit (M-26): a new draft with its answers, to be signed anew.

    A correction already begun is taken up.
    """
    signed = desk.store.reading.get(Visit, visit)
    for unfinished in visits.drafts(desk):
        if unfinished.visit.amends == visit:
            return _sitting(desk, unfinished.visit)
    answers = {key: given for key, given in signed.answers.items() if key not in SIGNED_PARTS}
    if unsigned := [one for one in answers.get("photos", ()) if one.get("category") != SIGNED_PAGE]:
        answers["photos"] = unsigned
    else:
        answers.pop("photos", None)
    draft = replace(
        signed,
        id=new_id(desk.now),
        state=VisitState.DRAFT,
        answers=answers,
        signatures=(),
        ended_at=None,
        seal="",
        amends=visit,
    )
    visits.keep(desk, draft)
    return _sitting(desk, draft)


def finish(desk: Desk, visit: Visit) -> Visit:
    """Sign the visit as the form and the law of visits ask; answers that lost their place are left out.

    Raises UserError with every problem, in the order of the form.
    """
    sitting = _sitting(desk, visit)
    form = sitting.form
    situation = sitting.situation(visit)
    if missing := (*situation.missing(form, desk.now), *untaken(situation, form)):
        raise UserError(missing[0].words, problems=missing)
    pruned = situation.pruned(form).answered("edition", form.edition)
    return visits.finish(desk, pruned)


def _sitting(desk: Desk, visit: Visit) -> Sitting:
    reading = desk.store.reading
    form = form_of(visit)
    if visit.state is VisitState.DRAFT:  # begun, or to be corrected, by the words of an earlier edition
        visit = replace(visit, answers=form.translated(visit.answers))
    household = reading.get(Household, visit.household)
    members = reading.where(Person, household=household.id)
    ordered = sorted(members, key=lambda one: (one.id != household.head, str(one.birth or "9999"), one.id))
    head = next((one for one in ordered if one.id == household.head), None)
    office = desk.pack.office(TOWN_OFFICE, desk.today, village=desk.village)
    contact = office.contacts[0] if office and office.contacts else None
    return Sitting(
        visit=visit,
        household=household,
        title=f"{head.name}家" if head else f"{household.place} 家",
        members=tuple(ordered),
        earlier=tuple(replace(one, answers=form.translated(one.answers)) for one in _earlier(desk, visit)),
        partners=_partners(desk),
        worker=desk.worker,
        worker_name=desk.worker_name,
        town=office.name if office and office.name else "镇民政办",
        town_phone=contact.phone if contact else "",
        form=form,
        now=desk.now,
        today=desk.today,
        items=desk.pack.kinds_of_items(),
        offices=_offices(desk),
        left=named_elsewhere(desk, visit, members),
        village_name=desk.village_name,
        matters=visit_subjects.matters(desk, household.id),
        benefits=visit_subjects.benefits(desk, household, members),
        named=visit_subjects.names_in(desk, visit),
    )


def named_elsewhere(desk: Desk, visit: Visit, members: Sequence[Person]) -> tuple[Person, ...]:
    """Persons the visit speaks of who are no longer among the `members` of the household."""
    named = {visit.respondent}
    for given in visit.answers.values():
        if isinstance(given, Mapping):
            named.update(given)
    return desk.store.reading.many(Person, sorted(named - {one.id for one in members}))


def _offices(desk: Desk) -> tuple[str, ...]:
    """Names of the offices the pack knows, without the village's own, each once."""
    names: dict[str, None] = {}
    for office in desk.pack.offices:
        if office.id != "village" and (here := desk.pack.office(office.id, desk.today, village=desk.village)):
            names[here.name] = None
    return tuple(name for name in names if name)


def _earlier(desk: Desk, visit: Visit) -> tuple[Visit, ...]:
    return tuple(
        one
        for one in visits.of_household(desk, visit.household)
        if one.state is VisitState.SIGNED
        and one.id not in (visit.id, visit.amends)
        and one.started_at <= visit.started_at
    )


def _partners(desk: Desk, limit: int = 5) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for visit in visits.recent(desk, limit=200):
        found.update(dict.fromkeys(name for name in visit.visitors if name != desk.worker))
    return tuple(found)[:limit]


def _ticketed(visit: Visit) -> list[dict[str, str]]:
    return [one for one in visit.answers.get("findings", ()) if one.get("ticket")]
