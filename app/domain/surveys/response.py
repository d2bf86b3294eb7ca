"""What was answered (survey_response), and that somebody was asked (survey_asked): two records that meet
only where the family gave its name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.record import canonical, to_body


class Way(StrEnum):
    """How it was asked."""

    FACE = "face"
    PHONE = "phone"
    PAPER = "paper"

    @property
    def words(self) -> str:
        return WAYS[self]


WAYS = {Way.FACE: "当面问", Way.PHONE: "电话问", Way.PAPER: "照纸上填的"}


@dataclass(frozen=True)
class SurveyResponse:
    """The answers of one family or person by the ids of the questions, sealed and never changed.

    `edition` is `Survey.told`. An anonymous one has no family, person, visit, ticket, writer or way, and
    `on` is the day the box was opened, the same for all that were in it.
    """

    TYPE: ClassVar[str] = "survey_response"

    id: str
    village: str
    survey: str
    edition: str
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    anonymous: bool = False
    way: Way | None = None
    household: str = ""
    person: str = ""
    visit: str = ""
    ticket: str = ""
    opened: tuple[str, ...] = ()  # the tickets that came of it
    recorded_by: str = ""
    recorded_at: datetime | None = None
    seal: str = ""
    amends: str = ""
    void: bool = False

    def sealed(self) -> SurveyResponse:
        """With the SHA-256 of its content, in hex."""
        return replace(self, seal=self.content_hash())

    def content_hash(self) -> str:
        """Over the canonical body without the seal itself."""
        body = {key: value for key, value in to_body(self).items() if key != "seal"}
        return hashlib.sha256(f"{self.id}|{self.village}|{canonical(body)}".encode()).hexdigest()


class Heard(StrEnum):
    """What came of asking."""

    ANONYMOUS = "anonymous"  # answered into the box
    REFUSED = "refused"


@dataclass(frozen=True)
class SurveyAsked:
    """A family was asked and did not answer by name. Nothing in it leads to an answer."""

    TYPE: ClassVar[str] = "survey_asked"

    id: str
    village: str
    survey: str
    edition: str
    on: date
    heard: Heard
    household: str
    person: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    amends: str = ""
    void: bool = False
