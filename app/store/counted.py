"""The fields that are counted, each kind in a narrow table of its own beside the records.

A record is a long text of which a report or the plan of visits asks a dozen words. Triggers keep these
tables in the very statement that writes the record, whoever writes it: a save, the county's rows, a restore.
They hold nothing that is not in `record`, and are made anew from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

# The first field is what the rows are kept in the order of; paths with dots lead into nested ones.
COUNTED: Mapping[str, tuple[str, ...]] = {
    "visit": (
        "started_at", "household", "purpose", "origin", "state", "met", "visitors", "respondent", "amends",
        "answers.explained", "answers.materials_given", "answers.conclusion", "answers.review_result",
        "answers.gift_money", "answers.alive", "again_on",
    ),
    "ticket": (
        "received_at", "received_by", "channel", "state", "household", "visitor", "subject", "items",
        "nature", "disposition", "urgent", "due_on", "handed_to", "replied_at", "satisfaction", "rated_by",
        "trips", "number", "explanation", "confirmed_by", "ratings", "due_at",
    ),
    "ticket_event": ("ticket", "at", "actor", "from_state", "to_state"),
    "followup": ("due_on", "household", "person", "done_at", "channel", "unanswered"),
    "person": ("household", "sex", "birth"),
}  # fmt: skip


def table_of(kind: str) -> str:
    """The table that holds what is counted of `kind`."""
    return f"counted_{kind}"


def column_of(path: str) -> str:
    """A field as that table names it."""
    return f'"{path}"'


def knows(kind: str, paths: Iterable[str]) -> bool:
    """Whether everything asked for of `kind` is kept apart."""
    return set(paths) <= set(COUNTED.get(kind, ()))


def make(db: Database, counted: Mapping[str, tuple[str, ...]]) -> None:
    """The tables of `counted` with their triggers, filled from the records that are there."""
    for kind, paths in counted.items():
        columns = ", ".join(f"{column_of(path)} ANY" for path in paths[1:])
        first, table = column_of(paths[0]), table_of(kind)
        db.execute(
            f"CREATE TABLE {table} ({first} ANY NOT NULL, id TEXT NOT NULL, village TEXT NOT NULL, {columns},"
            f" PRIMARY KEY ({first}, id)) STRICT, WITHOUT ROWID"
        )
        for trigger in _triggers(kind, paths):
            db.execute(trigger)
        db.execute(f"INSERT INTO {table} {_from_records(kind, paths)} ORDER BY 1, 2")


def rebuild(db: Database) -> None:
    """Everything made anew from the records."""
    for kind, paths in COUNTED.items():
        db.execute(f"DELETE FROM {table_of(kind)}")
        db.execute(f"INSERT INTO {table_of(kind)} {_from_records(kind, paths)} ORDER BY 1, 2")


def amiss(db: Database) -> tuple[str, ...]:
    """The kinds of which the table says otherwise than the records; none when all is well."""
    wrong = []
    for kind, paths in COUNTED.items():
        anew, kept = _from_records(kind, paths), f"SELECT * FROM {table_of(kind)}"
        for one, other in ((anew, kept), (kept, anew)):
            if db.execute(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1").fetchone() is not None:
                wrong.append(kind)
                break
    return tuple(wrong)


def _triggers(kind: str, paths: Sequence[str]) -> tuple[str, ...]:
    table, first = table_of(kind), column_of(paths[0])
    gone = f"DELETE FROM {table} WHERE {first} = {_ordering('OLD.body', paths[0])} AND id = OLD.id;"
    new = f"INSERT INTO {table} SELECT {_row('NEW.', paths)} WHERE NEW.type = '{kind}' AND NOT NEW.deleted;"
    return (
        f"CREATE TRIGGER {table}_new AFTER INSERT ON record WHEN NEW.type = '{kind}' BEGIN {new} END",
        f"CREATE TRIGGER {table}_gone AFTER DELETE ON record WHEN OLD.type = '{kind}' BEGIN {gone} END",
        f"CREATE TRIGGER {table}_changed AFTER UPDATE OF id, type, village, body, deleted ON record"
        f" WHEN OLD.type = '{kind}' OR NEW.type = '{kind}' BEGIN {gone} {new} END",
    )


def _from_records(kind: str, paths: Sequence[str]) -> str:
    return f"SELECT {_row('', paths)} FROM record WHERE type = '{kind}' AND NOT deleted"


def _row(of: str, paths: Sequence[str]) -> str:
    fields = [f"json_extract({of}body, '$.{path}')" for path in paths[1:]]
    return ", ".join([_ordering(f"{of}body", paths[0]), f"{of}id", f"{of}village", *fields])


def _ordering(body: str, path: str) -> str:
    # Never empty, for it is part of the key: a household may have no group.
    return f"coalesce(json_extract({body}, '$.{path}'), '')"
