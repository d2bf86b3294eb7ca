"""Whether a store agrees with itself: pages, audit chain, and every record with the changes that made it."""

from __future__ import annotations

import json
from collections import Counter

from app.domain.change import Verb
from app.domain.record import Body
from app.store import Store
from app.store.unit import change_in


def assert_agrees(store: Store) -> None:
    """The file is whole, and row, outbox, audit and search index say the same of every record.

    For a store that has never been to the county: there every change is still in the outbox.
    """
    assert store.integrity() == ()
    assert store.audit.broken_at() is None
    assert all(kept.plain and kept.agrees for kept in store.proof.records())
    assert store.proof.index_holds()
    folded: dict[str, Body] = {}
    changes: Counter[str] = Counter()
    for (payload,) in store._db.execute("SELECT payload FROM outbox ORDER BY n"):
        change = change_in(json.loads(payload))
        assert (change.verb is Verb.NEW) is (change.record not in folded)
        body = folded.setdefault(change.record, {})
        for name, (old, new) in change.fields.items():
            assert body.get(name) == old, (change.type, name)
            body[name] = new
        changes[change.record] += 1
    for record, body in store._db.execute("SELECT id, body FROM record"):
        fold = {name: value for name, value in folded.pop(record).items() if value is not None}
        assert json.loads(body) == fold
    assert not folded, "a change without its record"
    lines = store._db.execute("SELECT subject FROM audit WHERE verb LIKE 'save %'")
    assert Counter(subject for (subject,) in lines) == changes
    indexed = store._db.execute(
        "SELECT count(*) FROM record WHERE type IN ('person', 'household', 'ticket', 'checklist')"
    ).fetchone()
    assert store._db.execute("SELECT count(*) FROM found").fetchone() == indexed
