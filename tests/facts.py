"""Small believable facts for tests; nobody here exists (region 4399…, phones 154…)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app.domain.people.household import Household
from app.domain.people.identity import Sex, check_character
from app.domain.people.person import Person
from app.domain.tickets.ticket import Ticket
from app.domain.visits.visit import Visit

VILLAGE = "439901101201"
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=8)))
HOME = "01900000-0000-7000-8000-000000000001"
GRANNY = "01900000-0000-7000-8000-000000000002"


def id_number(birth: date, serial: int) -> str:
    """A number of the fictional county with a right check character; odd serials are men."""
    first17 = f"439901{birth:%Y%m%d}{serial:03d}"
    return first17 + check_character(first17)


def household(**changes: object) -> Household:
    given = Household(id=HOME, village=VILLAGE, group="茶园组", door="3号", head=GRANNY, phone="15400003013")
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def person(**changes: object) -> Person:
    birth = date(1944, 3, 2)
    given = Person(
        id=GRANNY, village=VILLAGE, household=HOME, name="蒋桂英", sex=Sex.FEMALE, relation="02",
        birth=birth, id_number=id_number(birth, 302), phone="15400003013",
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def visit(**changes: object) -> Visit:
    given = Visit(
        id="01900000-0000-7000-8000-000000000003", village=VILLAGE, household=HOME, purpose="VP01",
        visitors=("w-xiang",), started_at=NOW - timedelta(hours=1),
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test


def ticket(**changes: object) -> Ticket:
    given = Ticket(
        id="01900000-0000-7000-8000-000000000004", village=VILLAGE, household=HOME, received_at=NOW,
        received_by="w-xiang", owner="w-xiang", visitor=GRANNY, visitor_name="蒋桂英",
        request="伢儿读书钱冒得。",
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]  # keyword facts of a test
