"""A questionnaire being filled: what is kept of it on this computer until it is finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from app.domain.surveys.asking import empty
from app.domain.surveys.response import Way


@dataclass(frozen=True)
class Filling:
    """An anonymous one never knows the family: not even a backup made meanwhile does.

    `on` is the ISO day of a paper that was filled in before; `taken` are the keys of the proposals that are
    to become tickets; `amends` the response this one corrects; `at` the question in sight.
    """

    TYPE: ClassVar[str] = "survey_filling"

    id: str
    village: str
    survey: str
    edition: str
    anonymous: bool = False
    way: Way = Way.FACE
    on: str = ""
    household: str = ""
    person: str = ""
    visit: str = ""
    ticket: str = ""
    amends: str = ""
    taken: tuple[str, ...] = ()
    at: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)

    def answered(self, name: str, value: Any) -> Filling:
        """A copy with one answer set; an empty one removes it."""
        answers = {key: old for key, old in self.answers.items() if key != name}
        if not empty(value):
            answers[name] = value
        return replace(self, answers=answers)
