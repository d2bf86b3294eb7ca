"""What a form asks in one visit to one household, and what the visit still lacks before it is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import Problem
from app.domain.visits.form import OWN, Condition, Form, FormField, Group, Kind, Need, Option, Step
from app.domain.visits.photos import lack_words
from app.domain.visits.visit import INVESTIGATIONS, Met, Visit

ELDER_FROM, VERY_OLD_FROM, ADULT_FROM = 60, 80, 18
# 特困人员认定办法 (民发〔2021〕43号): none of the six lost is full, up to three partial, more is none.
MOST_LOST_PARTIAL = 3

# From the plain value of an attribute of the visit to the value it has there.
OWN_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "met": lambda value: Met(value) if value else None,
    "visitors": lambda value: tuple(value or ()),
    "signatures": lambda value: tuple(value or ()),
    "purpose": lambda value: value or "",
    "origin": lambda value: value or "self",
    "ticket": lambda value: value or None,
    "respondent": lambda value: value or "",
    "again_on": lambda value: value or "",
}


@dataclass(frozen=True)
class Subject:
    """A running matter or a benefit a question is asked about, as a person is: what it is, and what of it."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True)
class Situation:
    """One visit as it stands, with those who live there. `on` is the day it is.

    `matters` are the family's running tickets, `benefits` what it draws, by the code of the item.
    """

    visit: Visit
    household: Household
    members: tuple[Person, ...]
    on: date
    matters: tuple[Subject, ...] = ()
    benefits: tuple[Subject, ...] = ()

    def holds(self, condition: Condition) -> bool:
        """Whether a field or group with this condition is asked now."""
        return self._holds(condition) or any(self._holds(one) for one in condition.others)

    def _holds(self, condition: Condition) -> bool:
        met = self.visit.met.value if self.visit.met else ""
        parts = (
            not condition.purpose or not self.visit.purpose or self.visit.purpose in condition.purpose,
            not condition.origins or self.visit.origin in condition.origins,
            not condition.met or met in condition.met,
            not condition.classes or bool(condition.classes & set(self.household.classes)),
            not condition.members or any(condition.members & self.traits(one) for one in self.members),
            not condition.answer
            or bool(condition.among & set(chosen(value_of(self.visit, condition.answer)))),
        )
        return all(parts)

    def traits(self, person: Person) -> frozenset[str]:
        """What decides which questions are asked of a person: member child elder care alive worker, and by
        what this visit says of her patient (ill, or was in hospital) and inpatient (was there this year)."""
        told = self.visit.answers.get("members")
        # Whom this very visit reported gone is still asked of, or a correction could not take it back.
        if person.readable_only and not (isinstance(told, Mapping) and person.id in told):
            return frozenset()
        years = person.age_on(self.on)
        found = {"member"}
        if years is not None and years < ADULT_FROM:
            found.add("child")
        if years is not None and years >= ELDER_FROM:
            found.add("elder")
        if "elder" in found or person.disabilities:
            found.add("care")
        if (years is not None and years >= VERY_OLD_FROM) or "TK" in self.household.classes:
            found.add("alive")
        if years is not None and ADULT_FROM <= years < ELDER_FROM:
            found.add("worker")
        if {"hospital", "severe"} & set(chosen(self._said_of(person, "health"))):
            found.add("patient")
            if self._said_of(person, "stay_times") not in (None, "none"):
                found.add("inpatient")
        return frozenset(found)

    def _said_of(self, person: Person, name: str) -> Any:
        given = self.visit.answers.get(name)
        return given.get(person.id) if isinstance(given, Mapping) else None

    def asked_of(self, one: FormField) -> tuple[Person | Subject, ...]:
        """Whom or what `one` is asked about; empty for a field about the household.

        What this visit answered already stays asked about, also when the matter has ended since.
        """
        if one.each in ("matter", "benefit"):
            now = self.matters if one.each == "matter" else self.benefits
            told = self.visit.answers.get(one.id)
            known = {each.id for each in now}
            gone = [key for key in told if key not in known] if isinstance(told, Mapping) else []
            return (*now, *(Subject(key, key) for key in gone))
        return tuple(person for person in self.members if one.each in self.traits(person)) if one.each else ()

    def asks(self, one: FormField, group: Group) -> bool:
        """Whether the field has its place in this visit. One for certain purposes waits until one is chosen,
        a whole group does not: the steps to come shall be in sight from the start.
        """
        if not (self.holds(group.when) and self.holds(one.when)):
            return False
        if one.when.purpose and not (self.visit.purpose or any(map(self._holds, one.when.others))):
            return False
        return not one.each or bool(self.asked_of(one))

    def steps(self, form: Form) -> tuple[int, ...]:
        """Indexes of the steps that have anything to ask."""
        return tuple(number for number, step in enumerate(form.steps) if any(self._fields(step)))

    def _fields(self, step: Step) -> Iterator[FormField]:
        for group in step.groups:
            for one in group.fields:
                if self.asks(one, group):
                    yield one

    def active(self, form: Form) -> Iterator[FormField]:
        """Every field that has its place in this visit, in the order of the form."""
        for step in form.steps:
            yield from self._fields(step)

    def required(self, one: FormField) -> bool:
        """Whether the visit cannot be signed without it."""
        if one.need is Need.INVESTIGATION:
            return self.visit.purpose in INVESTIGATIONS
        return one.need is Need.ALWAYS

    def missing(self, form: Form, now: datetime) -> tuple[Problem, ...]:
        """What stands between this draft and a signature, in the order of the form."""
        found = list(self.visit.problems(now))
        named = {problem.field for problem in found}
        for one in self.active(form):
            if one.id not in named and (words := self._lack(one)):
                found.append(Problem(one.id, words))
        order = {one.id: place for place, one in enumerate(self.active(form))}
        return tuple(sorted(found, key=lambda problem: order.get(problem.field, -1)))

    def pruned(self, form: Form) -> Visit:
        """The visit without answers to questions that no longer have their place in it."""
        asked = {one.id: one for one in self.active(form)}
        kept = {
            key: self._of_those_asked(asked[key], given) if key in asked else given
            for key, given in self.visit.answers.items()
            if key in asked or key in ("strokes", "signing", "edition")
        }
        return replace(self.visit, answers={key: given for key, given in kept.items() if given != {}})

    def _of_those_asked(self, one: FormField, given: Any) -> Any:
        """Of an answer for each person that of those it is asked of."""
        if not one.each or not isinstance(given, Mapping):
            return given
        asked = {each.id for each in self.asked_of(one)}
        return {key: value for key, value in given.items() if key in asked}

    def alarms(self, form: Form) -> tuple[tuple[FormField, Option], ...]:
        """Answers that must be acted on at once: the field and the option chosen."""
        return tuple(
            (one, option)
            for one in self.active(form)
            for option in one.options
            if option.alarm and option.code in chosen(value_of(self.visit, one.id))
        )

    def _lack(self, one: FormField) -> str:
        value = value_of(self.visit, one.id)
        if one.kind is Kind.FINDINGS:
            return _lack_in_findings(value)
        if one.kind is Kind.MONEY and value and value.get("fen") and not value.get("kind"):
            return f"{one.short}没填凭据。"
        if one.kind is Kind.PHOTOS:
            return lack_words(one, self.visit, required=self.required(one))
        if not self.required(one):
            return ""
        if one.each:
            given = value if isinstance(value, Mapping) else {}
            names = [person.name for person in self.asked_of(one) if given.get(person.id) in (None, "", [])]
            return f"{one.short}还没问：{'、'.join(names)}。" if names else ""
        return f"{one.short}还没填。" if value in (None, "", [], ()) else ""


def value_of(visit: Visit, name: str) -> Any:
    """The plain value of a field: dates as ISO days, the rest as `Kind` says; None when empty."""
    if name not in OWN:
        return visit.answers.get(name)
    value = getattr(visit, name)
    if name == "started_at":
        return value.date().isoformat()
    return value.value if isinstance(value, Met) else value or None


def with_value(visit: Visit, name: str, value: Any) -> Visit:
    """A copy with one field set from its plain value; None empties it."""
    if name not in OWN:
        return visit.answered(name, None if value in ([], {}, ()) else value)
    if name == "started_at":
        if value is None:
            return visit
        day = date.fromisoformat(value)
        return replace(visit, started_at=datetime.combine(day, visit.started_at.timetz()))
    made: dict[str, Any] = {name: OWN_VALUES[name](value)}
    if name == "ticket" and value:
        made["origin"] = "ticket"  # a visit that goes back to a matter comes of it
    return replace(visit, **made)


def chosen(value: Any) -> tuple[str, ...]:
    """The option codes inside a value, however it is kept: one, several, or per person."""
    if isinstance(value, Mapping):
        return tuple(code for given in value.values() for code in chosen(given))
    if isinstance(value, list | tuple):
        return tuple(str(code) for code in value)
    return (str(value),) if value not in (None, "") else ()


def self_care(lost: int) -> str:
    """full, partial or none, by how many of the six abilities are lost (SELF_CARE codes)."""
    if lost == 0:
        return "full"
    return "partial" if lost <= MOST_LOST_PARTIAL else "none"


def _lack_in_findings(findings: Any) -> str:
    for number, finding in enumerate(findings or (), 1):
        if not str(finding.get("words") or "").strip():
            return f"第 {number} 个问题还没写是什么事。"
        if not finding.get("disposition"):
            return f"第 {number} 个问题还没说怎么办。"
        if finding.get("disposition") == "transfer" and not finding.get("to"):
            return f"第 {number} 个问题还没选转给谁。"
    return ""
