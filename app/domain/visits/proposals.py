"""What the answers of a visit point at: findings to take down, so that nothing is only noted (SD-095)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.problem import Problem
from app.domain.visits.asking import Situation, chosen, value_of
from app.domain.visits.form import Form, FormField

FROM = "from"  # in a finding: the key of the proposal it came of


@dataclass(frozen=True)
class Proposal:
    """A finding an answer points at. `key` stays the same while the answer does."""

    key: str
    words: str
    urgent: bool = False
    items: tuple[str, ...] = ()


def proposals(situation: Situation, form: Form) -> tuple[Proposal, ...]:
    """Those not taken down yet, urgent ones first, else in the order of the form."""
    taken = {str(one.get(FROM) or "") for one in situation.visit.answers.get("findings", ())}
    found = [one for one in _pointed_at(situation, form) if one.key not in taken]
    return tuple(sorted(found, key=lambda one: not one.urgent))


def untaken(situation: Situation, form: Form) -> tuple[Problem, ...]:
    """The urgent ones that are not among the findings: the visit is not signed without them."""
    return tuple(
        Problem("findings", f"{one.words}：还没记成要办的事。")
        for one in proposals(situation, form)
        if one.urgent
    )


def _pointed_at(situation: Situation, form: Form) -> Iterator[Proposal]:
    for one in situation.active(form):
        value = value_of(situation.visit, one.id)
        if one.each:
            given: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
            for subject in situation.asked_of(one):
                yield from _of(one, chosen(given.get(subject.id)), subject.id, subject.name)
        else:
            yield from _of(one, chosen(value), "", "")


def _of(one: FormField, codes: tuple[str, ...], subject: str, name: str) -> Iterator[Proposal]:
    for option in one.options:
        if option.finding is not None and option.code in codes:
            key = ":".join(part for part in (one.id, option.code, subject) if part)
            words = option.finding.words.replace("{who}", name)
            yield Proposal(key, words, option.finding.urgent, option.finding.items)
