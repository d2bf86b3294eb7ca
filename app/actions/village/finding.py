"""Finding anything by what has been typed so far, each result worded so that namesakes can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.actions.desk import Desk
from app.domain.checklists.checklist import Checklist
from app.domain.people.codes import LIFE
from app.domain.people.household import CLASSES, Household
from app.domain.people.person import Life, Person
from app.domain.tickets.ticket import Ticket
from app.store.finder import Hits
from app.store.highlight import Span, span
from app.store.terms import normal, sound

TAIL = 4  # from this many digits on, the row says which number they belong to


@dataclass(frozen=True)
class Find:
    """One result. `record` is what it is, `household` where it belongs; `mark` is what to highlight."""

    kind: str
    record: str
    household: str
    title: str
    note: str
    disc: str
    mark: Span | None = None


@dataclass(frozen=True)
class Findings:
    """`total` may be more than what is shown."""

    shown: tuple[Find, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)

    @property
    def namesakes(self) -> int:
        """How many of those shown share one name; 0 when no name occurs twice."""
        names = Counter(find.title for find in self.shown if find.kind == "person")
        return max((count for count in names.values() if count > 1), default=0)


@dataclass(frozen=True)
class Group:
    """One village group (村民小组): how many households, how many of them on the register (在册).

    `sound` is how it is read, syllables apart: `lao wu zu`.
    """

    name: str
    households: int
    registered: int
    sound: str = ""

    def fits(self, typed: str) -> bool:
        """Whether `typed` is part of the name, or begins its sound or its initials."""
        wanted, syllables = normal(typed), self.sound.split()
        initials = "".join(syllable[0] for syllable in syllables)
        return wanted in self.name or "".join(syllables).startswith(wanted) or initials.startswith(wanted)


def people(desk: Desk, query: str, *, limit: int = 30) -> Findings:
    """People by name, sound, initials, number tails, tags, or where they live."""
    hits = desk.store.finder.find(query, kind="person", limit=limit)
    found = desk.store.reading.many(Person, [hit.record for hit in hits.shown])
    places = {hit.record: hit.place for hit in hits.shown}
    return Findings(tuple(_person(desk, one, places[one.id], query) for one in found), hits.total)


def households(desk: Desk, query: str, *, limit: int = 30) -> Findings:
    """Households by group, door, class (低保户), tag or phone."""
    hits = desk.store.finder.find(query, kind="household", limit=limit)
    found = desk.store.reading.many(Household, [hit.record for hit in hits.shown])
    return Findings(_families(desk, found, query), hits.total)


def papers(desk: Desk, query: str, *, limit: int = 30) -> Findings:
    """Tickets and checklists by name, words and number."""
    tickets = desk.store.finder.find(query, kind="ticket", limit=limit)
    lists = desk.store.finder.find(query, kind="checklist", limit=limit)
    shown = [*_tickets(desk, tickets, query), *_checklists(desk, lists, query)]
    return Findings(tuple(shown[:limit]), tickets.total + lists.total)


def groups(desk: Desk) -> tuple[Group, ...]:
    """The village groups in the order of their sound."""
    every, registered = Counter[str](), Counter[str]()
    for household in desk.store.reading.each(Household):
        if not household.moved_out:
            every[household.group] += 1
            registered[household.group] += bool(household.classes)
    names = sorted(every, key=lambda name: (sound(name), name))
    return tuple(Group(name, every[name], registered[name], sound(name)) for name in names)


def in_group(desk: Desk, group: str) -> tuple[Find, ...]:
    """The households of one group by door number."""
    found = [one for one in desk.store.reading.each(Household) if one.group == group]
    return _families(desk, sorted(found, key=_door), "")


def _person(desk: Desk, person: Person, place: str, query: str) -> Find:
    age = person.age_on(desk.today)
    parts = [_gone(person), place, "" if age is None else f"{age}岁", _tail(person, query)]
    note = " · ".join(part for part in parts if part)
    mark = span(query, person.name)
    return Find("person", person.id, person.household, person.name, note, person.name[:1], mark)


def _families(desk: Desk, found: Sequence[Household], query: str) -> tuple[Find, ...]:
    heads = desk.store.reading.many(Person, [one.head for one in found if one.head])
    names = {head.id: head.name for head in heads}
    return tuple(_family(one, names.get(one.head, ""), query) for one in found)


def _family(household: Household, head: str, query: str) -> Find:
    words = [CLASSES.get(code, code) for code in household.classes] + list(household.tags)
    moved = ["已迁出"] if household.moved_out else []
    note = " · ".join([household.place, *moved, *words[:2]])
    title = f"{head}家" if head else f"{household.place} 家"
    disc = head[:1] or household.group[:1]
    return Find("household", household.id, household.id, title, note, disc, span(query, title))


def _tickets(desk: Desk, hits: Hits, query: str) -> Iterable[Find]:
    for ticket in desk.store.reading.many(Ticket, [hit.record for hit in hits.shown]):
        title = ticket.visitor_name or ticket.request
        note = " · ".join(part for part in (ticket.request, f"单号 {ticket.short_number}") if part)
        mark = span(query, title)
        yield Find("ticket", ticket.id, ticket.household, title, note, title[:1], mark)


def _checklists(desk: Desk, hits: Hits, query: str) -> Iterable[Find]:
    for found in desk.store.reading.many(Checklist, [hit.record for hit in hits.shown]):
        title = f"{found.called} {found.item_name}".strip()
        note = f"办事清单 {found.code} · {found.made_on.month}月{found.made_on.day}日"
        mark = span(query, title)
        yield Find("checklist", found.id, found.household, title, note, title[:1], mark)


def _gone(person: Person) -> str:
    return "" if person.life in (Life.HERE, Life.AWAY) else LIFE.label(person.life.value)


def _tail(person: Person, query: str) -> str:
    """Says which number the digits belong to; the rest of the number stays out of sight."""
    digits = normal(query).replace("-", "")
    if len(digits) < TAIL or not digits.rstrip("x").isdigit():
        return ""
    if person.phone.replace("-", "").endswith(digits):
        return f"电话尾 {digits[-TAIL:]}"
    if (person.id_number or "").lower().endswith(digits):
        return f"证号尾 {digits[-TAIL:].upper()}"
    return ""


def _door(household: Household) -> tuple[int, str]:
    figures = "".join(one for one in household.door if one.isdigit())
    return (int(figures) if figures else 0, household.door)
