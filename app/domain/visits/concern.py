"""Whom the visits of the pack are for: the rules of its cadences asked of every household and its people."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.packs.policy import Cadence, KeyGroup, Pack
from app.domain.people.household import Household
from app.domain.people.person import Life, Person
from app.domain.rules.alike import Alike
from app.domain.rules.decided import Decider, decider
from app.domain.rules.facts import Facts, facts_of, household_facts
from app.domain.rules.rule import Rule, lists, tests
from app.domain.workdays import china_day

OF_A_PERSON = ("person.", "each.")
OF_HOME = "household."


@dataclass(frozen=True)
class Concern:
    """A household, the cadence that holds for it, and because of whom; no `persons`: all of it."""

    household: str
    cadence: Cadence
    persons: tuple[str, ...] = ()


class Register:
    """The rules of one pack in one village on one day, to be asked of its households one after another.

    What is not known of somebody concerns nobody: the plan holds what the register says for certain.
    """

    def __init__(self, pack: Pack, village: str, at: datetime) -> None:
        self.pack, self.at, self.on = pack, at, china_day(at)
        self.cadences = planned(pack, village, at)
        self.groups: tuple[KeyGroup, ...] = tuple(
            each for each in pack.groups if each.standing.holds(village, self.on)
        )
        self._personal = {id(rule): _personal(rule) for rule in self._rules()}
        self._deciders = {id(rule): decider(rule, self.on) for rule in self._rules()}
        self.alike = Alike(self._rules(), self.on)
        self.at_home = frozenset(id(rule) for rule in self._rules() if _asks_of_home(rule))
        self.said: dict[Hashable, dict[int, bool]] = {}  # of those alike, what each rule says

    def about(
        self, household: Household, members: Iterable[Person]
    ) -> tuple[tuple[Concern, ...], dict[str, tuple[str, ...]]]:
        """Which cadences hold for this household, and who of it belongs to which group, by the group's id; a
        group of nobody is left out. Nothing is owed to one that has moved out."""
        if household.moved_out:
            return (), {}
        asked = _Asked(self, household, members)
        groups = {group.id: meant for group in self.groups if (meant := asked.meant(group.whom))}
        return tuple(self._concerns(household, asked)), groups

    def _concerns(self, household: Household, asked: _Asked) -> Iterator[Concern]:
        for cadence in self.cadences:
            if cadence.category and cadence.category != household.category:
                continue
            if cadence.hukou not in ("", household.hukou_type):
                continue
            meant = asked.meant(cadence.whom) if cadence.whom is not None else ()
            if meant is not None:
                yield Concern(household.id, cadence, meant)

    def personal(self, rule: Rule) -> bool:
        """Whether `rule` asks about people, not about the household alone."""
        return self._personal[id(rule)]

    def decider(self, rule: Rule) -> Decider:
        """`rule` put together for today."""
        return self._deciders[id(rule)]

    def _rules(self) -> list[Rule]:
        held = [one.whom for one in self.cadences if one.whom is not None]
        return [*held, *(one.whom for one in self.groups)]


def planned(pack: Pack, village: str, at: datetime) -> tuple[Cadence, ...]:
    """The cadences that come round by themselves in `village` today, each once, the nearest region's."""
    on = china_day(at)
    found: dict[str, Cadence] = {}
    for each in sorted(pack.cadences, key=lambda one: one.standing.rank):
        if each.standing.holds(village, on):
            found[each.id] = each
    return tuple(each for each in found.values() if each.whom is not None or each.category)


class _Asked:
    """The facts of one household, drawn up only when nobody alike was asked about before."""

    def __init__(self, register: Register, household: Household, members: Iterable[Person]) -> None:
        self._register, self._home = register, household
        self._members = tuple(one for one in members if one.life in (Life.HERE, Life.AWAY))
        self._facts: dict[str, Facts] = {}
        home = register.alike.home(household, len(self._members))
        people = [(one, register.alike.person(one)) for one in self._members]
        place, said = register.alike.place(household), register.said
        self._said_of_home = said.setdefault(home, {})
        self._said = tuple([(one, said.setdefault((home, key), {})) for one, key in people])
        self._said_alone = tuple([(one, said.setdefault((place, key), {})) for one, key in people])

    def meant(self, rule: Rule) -> tuple[str, ...] | None:
        """The people `rule` is true of, () where it speaks of the household alone; None: of nobody."""
        if not self._register.personal(rule):
            return () if self._holds(rule, None, self._said_of_home) else None
        people = self._said if id(rule) in self._register.at_home else self._said_alone
        return tuple([one.id for one, said in people if self._holds(rule, one, said)]) or None

    def _holds(self, rule: Rule, one: Person | None, said: dict[int, bool]) -> bool:
        known = said.get(id(rule))
        if known is None:
            known = said[id(rule)] = bool(self._register.decider(rule)(self._of(one)))
        return known

    def _of(self, one: Person | None) -> Facts:
        key = one.id if one is not None else ""
        if key not in self._facts:
            pack, at = self._register.pack, self._register.at
            self._facts[key] = (
                household_facts(self._home, self._members, pack, at)
                if one is None
                else facts_of(one, self._home, self._members, pack, at)
            )
        return self._facts[key]


def _asks_of_home(rule: Rule) -> bool:
    """Whether `rule` asks about the household, and not of its people alone."""
    return any(one.fact.startswith(OF_HOME) for one in tests(rule))


def _personal(rule: Rule) -> bool:
    return bool(lists(rule)) or any(one.fact.startswith(OF_A_PERSON) for one in tests(rule))
