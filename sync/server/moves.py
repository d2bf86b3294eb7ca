"""A family, or one record, moves to another village: what belongs to it goes along, in one transaction."""

from __future__ import annotations

from app.domain.problem import UserError
from sync.server import county, records
from sync.server.postgres import Connection

STORY = (
    "SELECT record FROM record WHERE county = %s AND bucket = %s AND body->>'ticket' = ANY(%s)"
    " AND type IN ('ticket_event', 'followup', 'subtask')"
)
CASES = (
    "SELECT record FROM record WHERE county = %s AND bucket = %s AND body->>'of' = ANY(%s)"
    " AND type = 'conflict'"
)


def move_household(connection: Connection, place: str, household: str, village: str) -> tuple[int, int]:
    """Move a family and all its records to `village` (12 digits); returns (records, first commit number).

    What a worker of the old village had not sent about it is laid aside for the township when it comes.
    Raises UserError when there is no such family or village.
    """
    with connection.transaction():
        county.lock(connection, place)
        home = records.load(connection, place, [household]).get(household)
        if home is None or home.held.type != "household":
            raise UserError(f"县里没有这一户：{household}", field="household")
        family = _family(connection, place, household, home.bucket)
        numbers = [records.relocate(connection, place, record, village) for record in sorted(family)]
    return len(numbers), min(numbers)


def move_record(connection: Connection, place: str, record: str, village: str) -> tuple[int, int]:
    """Move one record to `village` (12 digits) with what means nothing without it; returns (records, first
    commit number).

    What is yet to be decided about it goes along: whoever has the record must see the question, and nobody
    else may answer it. So does the story of a ticket. The tickets of a person stay where they were received:
    the first receiver owns them to their end. Raises UserError when there is no such record or village.
    """
    with connection.transaction():
        county.lock(connection, place)
        row = records.load(connection, place, [record]).get(record)
        own = _own(connection, place, record, row.bucket) if row is not None else {record}
        numbers = [records.relocate(connection, place, one, village) for one in sorted(own)]
    return len(numbers), min(numbers)


def _own(connection: Connection, place: str, record: str, bucket: str) -> set[str]:
    """The record, the lines of its story if it is a ticket, and every case about any of them."""
    found = {record}
    for statement in (STORY, CASES):
        rows = connection.execute(statement, (place, bucket, list(found)))
        found |= {row["record"] for row in rows}
    return found


def _family(connection: Connection, place: str, household: str, bucket: str) -> set[str]:
    """The family's record, and whatever names it or what is its own, as far as that goes; also what is yet to
    be decided about any of it."""
    found, newest = {household}, {household}
    while newest:
        rows = connection.execute(
            "SELECT record FROM record WHERE county = %(c)s AND bucket = %(b)s"
            " AND (body->>'household' = ANY(%(ids)s) OR body->>'ticket' = ANY(%(ids)s)"
            " OR body->>'visit' = ANY(%(ids)s) OR (type = 'conflict' AND body->>'of' = ANY(%(ids)s)))"
            " AND coalesce(body->>'household', '') = ANY(%(own)s)",
            {"own": ["", household], "c": place, "b": bucket, "ids": list(newest)},
        )
        newest = {row["record"] for row in rows} - found
        found |= newest
    return found
