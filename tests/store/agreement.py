"""Whether a store agrees with itself: pages, audit chain, search index, and every record with its changes."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from app.domain.change import Change, Verb
from app.store import Store
from app.store.entries import INDEXED, entry, place_of
from app.store.unit import change_in


def assert_agrees(store: Store) -> None:
    """The file is whole, and row, outbox, audit and search index say the same of every record.

    What the county has answered is looked at as it stands in the outbox and beside the record.
    """
    assert store.integrity() == ()
    assert store.audit.broken_at() is None
    assert all(kept.plain and kept.agrees for kept in store.proof.records())
    assert store.proof.index_holds()
    changes: dict[str, list[tuple[Change, int | None, str | None]]] = {}
    for payload, seq, outcome in store._db.execute("SELECT payload, seq, outcome FROM outbox ORDER BY n"):
        change = change_in(json.loads(payload))
        changes.setdefault(change.record, []).append((change, seq, outcome))
    saved = Counter({record: len(every) for record, every in changes.items()})
    lines = store._db.execute("SELECT subject FROM audit WHERE verb LIKE 'save %'")
    assert Counter(subject for (subject,) in lines) == saved
    rows = store._db.execute("SELECT id, body, county_body, revision FROM record").fetchall()
    assert changes.keys() <= {record for record, *_ in rows}, "a change without its record"
    for record, body, county, revision in rows:
        mine = changes.get(record, [])
        if county is None:
            assert json.loads(body) == folded([change for change, _, _ in mine]), record
        else:
            over = [one for one, seq, said in mine if seq is None or (seq > revision and said == "applied")]
            assert json.loads(body) == laid_over(json.loads(county), over), record
    assert_found(store)


def folded(changes: list[Change]) -> dict[str, Any]:
    """The body that a record's changes make, each of which was written over the one before."""
    body: dict[str, Any] = {}
    for number, change in enumerate(changes):
        assert (change.verb is Verb.NEW) is (number == 0)
        for name, (old, new) in change.fields.items():
            assert body.get(name) == old, (change.type, name)
            body[name] = new
    return {name: value for name, value in body.items() if value is not None}


def laid_over(county: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    """The county's body with what it has not heard yet."""
    body = county | {name: new for change in changes for name, (_, new) in change.fields.items()}
    return {name: value for name, value in body.items() if value is not None}


def assert_found(store: Store) -> None:
    """Every record that can be searched for has the very terms its body makes, and nothing else has any."""
    db = store._db
    db.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab(main, term, instance)")
    terms: dict[int, set[str]] = {}
    for term, row in db.execute("SELECT term, doc FROM temp.told"):
        terms.setdefault(row, set()).add(term)
    db.execute("DROP TABLE temp.told")
    numbers = dict(db.execute("SELECT record, n FROM found").fetchall())
    places = dict(db.execute("SELECT record, place FROM found WHERE kind = 'household'").fetchall())
    for record, kind, text in db.execute("SELECT id, type, body FROM record WHERE NOT deleted").fetchall():
        if kind not in INDEXED:
            continue
        body = json.loads(text)
        place = place_of(body) if kind == "household" else places.get(body.get("household"), "")
        _, words = entry(kind, record, body, place)
        expected = set(re.findall(r"[0-9a-zA-Z\u0080-\U0010ffff]+", " ".join(words)))
        assert terms.pop(numbers.pop(record)) == {one.lower() for one in expected}, record
    assert not terms
    assert not numbers
