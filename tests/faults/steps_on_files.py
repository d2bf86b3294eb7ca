"""Steps that write files of their own: opening anew, a new passphrase, an old store brought up to date."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.actions.entry import opening
from app.actions.entry.keys import change_passphrase
from app.actions.entry.rotation import rotate
from app.actions.safekeeping import backups
from app.domain.manifest import Reason
from app.domain.people.household import Household
from app.domain.problem import NewerFile
from app.store import Store, schema
from app.store.cipher import open_file
from tests.facts import HOME
from tests.faults.day import Day, about, done
from tests.faults.steps import step
from tests.faults.steps_putting_back import keep_words
from tests.store.vector import VECTORS

LATER = "m900_later"
OLD = "old-"


@step("reopen")
def reopen(day: Day) -> None:
    """Lock, which folds the log into the file, and open again. The log is thick and the file grows."""
    for _ in range(3):
        with day.desk.unit("edit") as unit:
            unit.save(replace(day.desk.store.reading.get(Household, HOME), note=day.words(60_000)))
    day.close()
    day.open()


@step("passphrase")
def passphrase(day: Day) -> None:
    """Another passphrase: the key file and its copy are written anew."""
    new = f"qiaotou you sanke fengshu {day.chance.randrange(10**9)}"
    about({"~passphrase": new})
    change_passphrase(day.gate, day.opened, new)
    day.passphrase = new
    done()


@step("another key")
def another_key(day: Day) -> None:
    """The data key is changed: the store is written anew beside itself, and takes its own place."""
    day.close()
    day.opened = rotate(day.gate, day.opened)
    day.desk = opening.open_desk(day.opened, day.paths, day.clock)


@step("backup")
def backup(day: Day) -> None:
    """A backup is made, proved and noted beside the work."""
    made = backups.make(day.desk, day.opened.key, day.paths, Reason.ASKED)
    keep_words(day, made.placed[0].file)


def each_old_store_is_old_or_new(
    folder: Path, kept: Mapping[str, str], coming: Mapping[str, str] | None
) -> None:
    """No store in `folder` is between two migrations, and what was confirmed as migrated is."""
    for old in folder.glob(f"{OLD}*"):
        said = json.loads((old / "holds.json").read_text(encoding="utf-8"))
        key, path = bytes.fromhex(said["key"]), old / "shoufangtong.db"
        db = open_file(path, key)
        names = {row[0] for row in db.execute("SELECT name FROM _sqlite_migrations")}
        built = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        marked = [json.loads(row[0]).get("rewritten") for row in db.execute("SELECT body FROM record")]
        bodies = sum(len(one) for one in said["bodies"].values())
        db.conn.close()
        new = LATER in names
        assert new or f"~{old.name}" not in kept, "a migration that was confirmed is gone"
        assert marked == [1 if new else None] * bodies
        assert ("later" in built) is new
        assert ("later_record" in built) is new
        try:
            store = Store(path, key)
        except NewerFile:
            assert new
            continue
        assert store.integrity() == ()
        assert store.audit.broken_at() is None
        store.close()
        assert not new
        shutil.rmtree(old)


@step("migrating", each_old_store_is_old_or_new)
def migrating(day: Day) -> None:
    """A store of an earlier release is brought up to date, through one migration more than there are."""
    number = day.chance.randrange(10**9)
    release = day.chance.choice(sorted(one.name for one in VECTORS.iterdir() if one.is_dir()))
    half, whole = day.paths.root / f"half-{number}", day.paths.root / f"{OLD}{number}"
    shutil.copytree(VECTORS / release, half)
    half.rename(whole)
    said = json.loads((whole / "holds.json").read_text(encoding="utf-8"))
    about({f"~{OLD}{number}": "migrated"})
    with one_migration_more():
        Store(whole / "shoufangtong.db", bytes.fromhex(said["key"])).close()
    done()


@contextlib.contextmanager
def one_migration_more() -> Iterator[None]:
    """As if this release knew a later migration; only the store opened meanwhile meets it."""
    schema.migrations(name=LATER)(later)
    try:
        yield
    finally:
        schema.migrations._migrations.pop()


def later(db: Any) -> None:
    """What a later release might do: every record rewritten, a table and an index more."""
    for record, body in db.execute("SELECT id, body FROM record").fetchall():
        new = json.dumps({**json.loads(body), "rewritten": 1}, ensure_ascii=False)
        db.execute("UPDATE record SET body = ? WHERE id = ?", [new, record])
    db.execute("CREATE TABLE later (record TEXT PRIMARY KEY, size INTEGER) STRICT")
    db.execute("INSERT INTO later SELECT id, length(body) FROM record")
    db.execute("CREATE INDEX later_record ON later(size)")
