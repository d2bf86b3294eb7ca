"""Campaigns (专项行动): the county asks for visits, hears how far they are, and calls them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.people.household import CLASSES
from app.domain.problem import Problem, UserError
from app.domain.visits.task import VisitTask
from app.domain.visits.visit import PURPOSES
from app.domain.workdays import china_day
from sync.protocol.messages import bucket_of
from sync.server import county, giving
from sync.server.batch import COUNTY
from sync.server.giving import Given
from sync.server.postgres import Connection
from sync.server.typed import day, holds, moment

STARTED, ASKED = moment("v.body->>'started_at'"), moment("t.body->>'asked_at'")
DUE, DROPPED, GONE = day("t.body->>'due_on'"), holds("t.body->>'dropped'"), holds("body->>'moved_out'")
# A task is done with the first signed visit of its purpose from the day it was asked for on.
DONE = (
    "EXISTS (SELECT FROM record v WHERE v.county = t.county AND v.type = 'visit' AND NOT v.deleted"
    " AND v.body->>'household' = t.body->>'household' AND v.body->>'purpose' = t.body->>'purpose'"
    f" AND v.body->>'state' = 'signed' AND {STARTED} >= date_trunc('day',"
    f" {ASKED}, 'Asia/Shanghai'))"
)
TASKS = "FROM record t WHERE t.county = %(c)s AND t.type = 'visit_task' AND NOT t.deleted"
GIVEN = " AND coalesce(t.body->>'campaign', '') <> ''"
WAITING = f" AND NOT {DROPPED} AND NOT {DONE}"


@dataclass(frozen=True)
class Campaign:
    """What is asked for: a visit of `purpose` by `due_on`, for the reason `why`, under the name `name`."""

    name: str
    purpose: str
    due_on: date
    why: str = ""


@dataclass(frozen=True)
class Whom:
    """Which households of `villages`: all, or those of one of `classes`, or those named by id."""

    villages: tuple[str, ...]
    classes: tuple[str, ...] = ()
    households: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How far one campaign is in one village: `asked` households, `done`, `dropped`, and `late` ones."""

    campaign: str
    village: str
    purpose: str
    due_on: date | None  # None where what was sent is no day
    asked: int
    done: int
    dropped: int
    late: int


def check(connection: Connection, place: str, asked: Campaign, whom: Whom, today: date) -> None:
    """Raises UserError with everything that is wrong with what is asked for."""
    found = []
    if not asked.name.strip():
        found.append(Problem("campaign", "这次行动叫什么？写个名字，村里看得到。"))
    if asked.purpose not in PURPOSES:
        words = "、".join(f"{code} {name}" for code, name in PURPOSES.items())
        found.append(Problem("purpose", f"没有「{asked.purpose}」这种走访。能写的：{words}。"))
    if asked.due_on < today:
        found.append(Problem("due", f"最晚 {asked.due_on} 去，已经过了。"))
    names = county.villages_in(connection, place, map(bucket_of, whom.villages))
    found += [Problem("village", f"县里没有 {one} 这个村。") for one in whom.villages if one not in names]
    allowed = "、".join(f"{code} {name}" for code, name in CLASSES.items())
    for one in whom.classes:
        if one not in CLASSES:
            found.append(Problem("class", f"没有「{one}」这类户。能写的：{allowed}。"))
    if found:
        raise UserError(found[0].words, problems=tuple(found))


def chosen(connection: Connection, place: str, whom: Whom) -> dict[str, tuple[str, ...]]:
    """The households meant, by village; who moved away is left out.

    Raises UserError for a household named that is none of these villages.
    """
    rows = connection.execute(
        "SELECT record, bucket FROM record"  # noqa: S608  # our own constant below
        " WHERE county = %(c)s AND bucket = ANY(%(b)s)"
        f" AND type = 'household' AND NOT deleted AND NOT {GONE}"
        " AND (%(k)s::text[] = '{}' OR coalesce(body->'classes', '[]') ?| %(k)s)"
        " AND (%(h)s::text[] = '{}' OR record = ANY(%(h)s)) ORDER BY bucket, record",
        {
            "c": place, "b": [bucket_of(one) for one in whom.villages], "k": list(whom.classes),
            "h": list(whom.households),
        },
    ).fetchall()  # fmt: skip
    missing = set(whom.households) - {row["record"] for row in rows}
    if missing:
        words = f"这几户不在这些村，或者搬走了、不是那一类：{'、'.join(sorted(missing))}"
        raise UserError(words, field="household")
    return {
        village: tuple(row["record"] for row in rows if row["bucket"] == bucket_of(village))
        for village in whom.villages
    }


def dispatch(
    connection: Connection,
    place: str,
    asked: Campaign,
    homes: Mapping[str, Sequence[str]],
    at: datetime,
) -> dict[str, Given]:
    """Ask for the visits, a village at a time; what was asked for before under this name stays as it is."""
    told = {}
    for village, households in homes.items():
        things = [("task", asked.name, asked.purpose, home) for home in households]
        tasks = [
            VisitTask(
                id=one, village=village, household=home, purpose=asked.purpose, due_on=asked.due_on,
                why=asked.why, asked_at=at, asked_by=COUNTY, campaign=asked.name,
            )
            for one, home in zip(giving.ids_of(connection, place, things), households, strict=True)
        ]  # fmt: skip
        told[village] = giving.give(connection, place, tasks, f"campaign {asked.name}", at)
    return told


def recall(connection: Connection, place: str, name: str, at: datetime) -> int:
    """Take a campaign out of all plans where nobody went yet; how many. Raises UserError for none such."""
    values = {"c": place, "n": name}
    if connection.execute(f"SELECT 1 {TASKS} AND t.body->>'campaign' = %(n)s", values).fetchone() is None:
        raise UserError(f"没有叫「{name}」的行动。用 tasks 看看有哪些。", field="campaign")
    rows = connection.execute(
        f"SELECT t.record {TASKS} AND t.body->>'campaign' = %(n)s{WAITING}", values
    ).fetchall()
    ids = [row["record"] for row in rows]
    return giving.change(connection, place, ids, {"dropped": True}, f"campaign {name} is off", at)


def standings(connection: Connection, place: str, at: datetime) -> tuple[Standing, ...]:
    """Every campaign, village by village, the one to be done first in front."""
    tasks = (
        "SELECT t.body->>'campaign' AS campaign, t.bucket, coalesce(t.body->>'purpose', '') AS purpose,"
        f" {DUE} AS due_on, {DROPPED} AS dropped,"
        f" {DONE} AS done {TASKS}{GIVEN}"
    )
    rows = connection.execute(
        "SELECT campaign, bucket, purpose, due_on, count(*) AS asked,"  # noqa: S608  # our own constants
        " count(*) FILTER (WHERE done) AS done,"
        " count(*) FILTER (WHERE dropped AND NOT done) AS dropped,"
        " count(*) FILTER (WHERE NOT done AND NOT dropped AND due_on < %(today)s) AS late"
        f" FROM ({tasks}) AS each"
        " GROUP BY campaign, bucket, purpose, due_on ORDER BY due_on, campaign, bucket",
        {"c": place, "today": china_day(at)},
    ).fetchall()
    return tuple(
        Standing(
            row["campaign"], row["bucket"].removeprefix("v:"), row["purpose"], row["due_on"],
            row["asked"], row["done"], row["dropped"], row["late"],
        )
        for row in rows
    )  # fmt: skip
