"""Rows written before their table got another column are still known for what they are."""

from __future__ import annotations

from pathlib import Path

from app.actions.safekeeping.salvage import salvage
from app.actions.safekeeping.salvage_mend import By
from app.domain.change import Outcome, Receipt
from app.paths import Paths
from app.store import Store
from app.store.leaving import leaving, take_over
from tests.desks import Clock, desk_on
from tests.facts import HOME, NOW, VILLAGE, household
from tests.store.test_outbox import KEY

PAGE, SALT = 4096, 16


def older(path: Path, receipt: Outcome | None = None) -> str:
    """A store whose outbox was written before m016_receipts; the id of its one change."""
    path.parent.mkdir(parents=True)
    store = Store(path, KEY, create=True)
    desk = desk_on(store, Clock())
    with desk.unit("new") as unit:
        unit.save(household())
    (change,) = store.ledger.outgoing(10**6)
    if receipt is not None:
        store.ledger.settle([Receipt(change.id, receipt, 44)], [], {VILLAGE: 44}, "e-1", NOW)
    store._db.execute("ALTER TABLE outbox DROP COLUMN reason")
    store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm016_receipts'")
    store._db.conn.commit()
    store.close()
    return change.id


def test_an_unsent_change_of_an_older_release_is_saved_without_the_first_page(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "home")
    change = older(paths.store)
    Store(paths.store, KEY).close()  # the new release has opened it: its rows stay as short as they were
    damaged = bytearray(paths.store.read_bytes())
    damaged[SALT:PAGE] = bytes(PAGE - SALT)
    paths.store.write_bytes(damaged)
    salvage(paths, [KEY], tmp_path / "out", By("w-xiang", "向海燕", NOW))
    store = Store(Paths(tmp_path / "out").store, KEY)
    assert [one.id for one in store.ledger.outgoing(10**6)] == [change]
    store.close()


def test_the_reason_is_carried_over_into_what_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "left" / "store.db"
    path.parent.mkdir()
    store = Store(path, KEY, create=True)
    desk = desk_on(store, Clock())
    with desk.unit("new") as unit:
        unit.save(household())
    (change,) = store.ledger.outgoing(10**6)
    refused = Receipt(change.id, Outcome.QUARANTINED, 44, "refused:这户不归我们村")
    store.ledger.settle([refused], [], {VILLAGE: 44}, "e-1", NOW)
    store.close()
    put_back = Store(tmp_path / "back.db", KEY, create=True)
    left = leaving(path, KEY, {}, "")
    with put_back._db.atomic():
        take_over(put_back._db, put_back.finder, left)
    assert put_back.outbox.told([HOME]).aside == ((Outcome.QUARANTINED, "refused:这户不归我们村"),)
    put_back.close()


def test_a_store_of_an_older_release_is_left_without_reasons(tmp_path: Path) -> None:
    path = tmp_path / "left" / "store.db"
    older(path, Outcome.QUARANTINED)
    assert [row[3:] for row in leaving(path, KEY, {}, "").changes] == [(44, "quarantined", "")]
