"""From the records to the papers: the case, the survey of the last investigation, the notice's hearings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.actions import auditing
from app.actions.desk import Desk
from app.actions.policy import policies
from app.actions.registers import reviews
from app.actions.visits import visits
from app.domain.packs.service_item import Item, Obtain
from app.domain.papers.paperwork import FormKind, Wording
from app.domain.papers.paperwork_case import FormCase, FormPaper, Request, case_of
from app.domain.papers.posting import Applicant, Hearing, PublicNotice, Votes, notice, publicity_of
from app.domain.papers.survey import Survey, survey_of
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.registers.review import Verdict
from app.domain.rules.facts import TOO_OLD_MONTHS
from app.domain.rules.spans import add_months
from app.domain.visits.asking import Situation
from app.domain.visits.visit import INVESTIGATIONS, Met, Visit, VisitState
from app.domain.workdays import china_day
from app.forms import form_of

HEARINGS = ("village", "town-civil", "county-civil")  # offices of the pack, nearest first
NO_SURVEY = "还没有签好的经济调查走访。先去走访，两个人去。"


@dataclass(frozen=True)
class Chosen:
    """One application as it was chosen; ids of persons, empty where nobody."""

    household: str
    items: tuple[Item, ...]
    applicant: str
    subject: str = ""
    agent: str = ""


def papers(desk: Desk, chosen: Chosen, kind: FormKind) -> tuple[FormPaper | PublicNotice, ...]:
    """The papers of one kind: one, or a notice for each matter that may be posted.

    Raises UserError when it cannot be made, with the reason.
    """
    if kind is FormKind.NOTICE:
        return notices(desk, chosen)
    if kind is FormKind.SURVEY:
        survey(desk, chosen.household)  # says why when there is none
    return (FormPaper(kind, wording(desk, kind), case(desk, chosen)),)


def case(desk: Desk, chosen: Chosen) -> FormCase:
    """The family's case from the records as they stand."""
    home, members = _family(desk, chosen.household)
    told = _latest(desk, home, _tells_sums)
    investigated = _latest(desk, home, lambda one: one.purpose in INVESTIGATIONS)
    seen = home.facts.as_of
    commits = [each.name for item in chosen.items for each in item.materials if each.obtain is Obtain.COMMIT]
    return case_of(
        Request(
            household=home,
            members=members,
            applicant=chosen.applicant,
            items=tuple(item.name for item in chosen.items),
            on=desk.today,
            village=desk.village_name,
            subject=chosen.subject,
            agent=chosen.agent,
            proofs=tuple(dict.fromkeys(commits)),
            survey=_survey(desk, investigated, home, members) if investigated else None,
            told=_survey(desk, told, home, members) if told else None,
            blank=_survey(desk, Visit("", home.village, home.id, (), desk.now), home, members),
            income_fresh=seen is not None and add_months(seen, TOO_OLD_MONTHS) >= desk.today,
            edition=policies.edition(desk.pack),
            worker=desk.worker_name,
            simulated=desk.pack.simulated,
        )
    )


def survey(desk: Desk, household: str) -> Survey:
    """The last signed investigation. Raises UserError when there is none."""
    home, members = _family(desk, household)
    found = _latest(desk, home, lambda one: one.purpose in INVESTIGATIONS)
    if found is None:
        raise UserError(NO_SURVEY)
    return _survey(desk, found, home, members)


def notices(desk: Desk, chosen: Chosen) -> tuple[PublicNotice, ...]:
    """A notice for every chosen matter that is posted. Raises UserError, with the reason, when none is."""
    home, members = _family(desk, chosen.household)
    posted, reason = [], "这几件事都不用公示。"
    for item in chosen.items:
        try:
            publicity_of(item)
        except UserError as error:
            reason = error.words
        else:
            posted.append(item)
    if not posted:
        raise UserError(reason)
    people = {one.id: one for one in members}
    if missing := [item for item in posted if _whose(item, chosen) not in people]:
        raise UserError(f"{missing[0].name}还没选谁来申请，公示不了。", field="applicant")
    return tuple(
        notice(
            item,
            (_applicant(desk, people[_whose(item, chosen)], home, members),),
            wording(desk, FormKind.NOTICE),
            hearings(desk),
            desk.calendar,
            desk.today,
            village_name=desk.village_name,
            edition=policies.edition(desk.pack),
            simulated=desk.pack.simulated,
            votes=_votes(desk, home.id, item.code),
        )
        for item in posted
    )


def _votes(desk: Desk, household: str, item: str) -> Votes | None:
    """The numbers of the last meeting about it in the register, when it was one that counts."""
    made = (one for one in reviews.of_household(desk, household) if one.item == item)
    last = next(made, None)
    if last is None or last.verdict in (None, Verdict.TOO_FEW):
        return None
    return Votes(last.expected, last.attended, last.agree, last.against, last.abstain)


def hearings(desk: Desk) -> tuple[Hearing, ...]:
    """Where to object, from the pack: the village, the township, the county; first contacts only."""
    found = []
    for name in HEARINGS:
        office = desk.pack.office(name, desk.today, village=desk.village)
        if office is not None and office.name:
            contact = office.contacts[0] if office.contacts else None
            found.append(Hearing(office.name, *((contact.name, contact.phone) if contact else ())))
    return tuple(found)


def wording(desk: Desk, kind: FormKind) -> Wording:
    """The words of a kind. Raises UserError when the county's pack has none."""
    found = desk.pack.wording(kind, desk.village, desk.today)
    if found is None:
        raise UserError(f"县里还没发“{kind.words}”的表样。")
    return found


def _whose(item: Item, chosen: Chosen) -> str:
    return chosen.applicant if item.for_household or item.for_child else chosen.subject or chosen.applicant


def _applicant(desk: Desk, person: Person, home: Household, members: tuple[Person, ...]) -> Applicant:
    alike = desk.store.finder.find(person.name, kind="person", limit=100).shown
    others = {hit.household for hit in alike if hit.title == person.name and hit.record != person.id}
    groups = {each.group for each in desk.store.reading.many(Household, sorted(others))}
    return Applicant(person, home, members, namesake=home.group in groups)


def _family(desk: Desk, household: str) -> tuple[Household, tuple[Person, ...]]:
    reading = desk.store.reading
    return reading.get(Household, household), reading.where(Person, household=household)


def _latest(desk: Desk, home: Household, fits: Callable[[Visit], bool]) -> Visit | None:
    """The latest signed visit at home of the last twelve months that `fits` and was not corrected."""
    made = visits.of_household(desk, home.id)
    corrected = {one.amends for one in made}
    earliest = add_months(desk.today, -TOO_OLD_MONTHS)
    found = [
        one
        for one in made
        if one.state is VisitState.SIGNED
        and one.met is Met.HOME
        and one.id not in corrected
        and china_day(one.started_at) >= earliest
        and fits(one)
    ]
    return max(found, key=lambda one: one.started_at, default=None)


def _survey(desk: Desk, visit: Visit, home: Household, members: tuple[Person, ...]) -> Survey:
    logged = desk.store.meta.get(auditing.NAMES) or {}
    names = {**logged, desk.worker: desk.worker_name, **{one.id: one.name for one in members}}
    situation = Situation(visit, home, members, china_day(visit.started_at))
    return survey_of(situation, form_of(visit), lambda key: names.get(key, key))


def _tells_sums(visit: Visit) -> bool:
    return any(isinstance(each, Mapping) and "fen" in each for each in visit.answers.values())
