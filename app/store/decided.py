"""What somebody here decided about a disagreement stands in sight until the county has written it.

Only the view shows it: the word itself waits in the outbox as a change of the case, and the county carries
it out. Whatever comes of it, the view is made anew then: a word that came too late leaves no trace in it.
"""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from app.domain.change import Change
from app.domain.conflict import Choice, Conflict, Kind, State
from app.domain.locks import locked
from app.domain.record import Body
from app.store.cipher import stored
from app.store.unit import change_in

WHOSE = ("decided_by", "decided_at")  # fields of a case


def with_decided(db: Database, record: str, revision: int, mine: list[Change], copy: Body) -> list[Change]:
    """Her changes `mine` to a record, and what she decided about it and is not in the county's `copy` of
    `revision` yet, in the order she did it.

    A decision about a field she had written before it, or that has been signed or ended since, is left to the
    county, which may hear of it too late.
    """
    decided = [
        (place, word)
        for place, word in _decided(db, record, revision)
        if not any(locked(word.type, copy, name) for name in word.fields)
    ]
    if not decided:
        return mine
    places = dict(db.execute("SELECT change, n FROM outbox WHERE record = ?", [record]).fetchall())
    own = [(int(places[one.id]), one) for one in mine]
    found, written = list[Change](), set[str]()
    for place, change in sorted([*own, *decided], key=lambda one: one[0]):
        if place in places.values():
            written.update(change.fields)
        elif written.intersection(change.fields):
            continue
        found.append(change)
    return found


def of_case(db: Database, case: str) -> str:
    """The record a case is about; "" when it is none."""
    row = db.execute(
        f"SELECT json_extract(body, '$.of') FROM record WHERE id = ? AND type = '{Conflict.TYPE}'", [case]
    ).fetchone()
    return str(row[0]) if row is not None and row[0] is not None else ""


def _decided(db: Database, record: str, revision: int) -> list[tuple[int, Change]]:
    """Each decision with its place in the outbox, as the change of `record` that the county makes of it."""
    rows = db.execute(
        "SELECT o.n, o.payload, r.body FROM record r JOIN outbox o ON o.record = r.id"
        f" WHERE r.type = '{Conflict.TYPE}' AND NOT r.deleted AND json_extract(r.body, '$.of') = ?"
        " AND (o.seq IS NULL OR (o.seq > ? AND o.outcome = 'applied'))",
        [record, revision],
    )
    found = []
    for n, payload, body in rows:
        case, word = stored(body), change_in(stored(payload))
        said = {name: new for name, (_, new) in word.fields.items()}
        if any(case.get(name) != said.get(name) for name in WHOSE):
            continue  # somebody's word came before hers, with the same end: it may be long since written over
        # What is there stays where it stands already; a whole record is for the county to carry out.
        writes = said.get("state") == State.DECIDED and said.get("choice") != Choice.THEIRS
        if writes and case.get("kind") == Kind.FIELD:
            fields = {str(case["field"]): (None, said.get("value"))}
            found.append((int(n), replace(word, record=record, type=str(case["of_type"]), fields=fields)))
    return found
