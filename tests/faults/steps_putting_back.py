"""The step that puts a backup in the store's place, and what "nothing lost" means there.

Before it is decided the store is, row by row, what was confirmed. After it the store is, row by row, the
prepared one, and what it replaced lies aside, row by row as it was confirmed. Of the prepared one the step
has first made sure (`nothing_lost`) that everything unsent came along, or that nobody could have opened
what it replaces: then it is all in the folder aside, which opens with the key of that day.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.actions.safekeeping import backups, replacing, restoring
from app.domain.manifest import Reason
from app.store.cipher import open_file
from tests.faults.content import Content, content, difference
from tests.faults.day import Day, about, done
from tests.faults.steps import step
from tests.faults.steps_at_the_desk import drafts, household

ASIDE = "~aside "
WORDS = ".words"  # beside a backup: what opens it


def keep_words(day: Day, file: Path | None) -> None:
    """Remember the passphrase of the day a backup was made."""
    assert file is not None
    file.with_suffix(WORDS).write_text(day.passphrase, encoding="utf-8")


def a_backup(day: Day) -> tuple[Path, str]:
    """Any of those that lie there, with what opens it; one is made, and worked after, where there is none."""
    known = [one for one in sorted(day.paths.backups.glob("*.sftbak")) if _words_are_of(one)]
    if not known:
        made = backups.make(day.desk, day.opened.key, day.paths, Reason.ASKED)
        keep_words(day, made.placed[0].file)
        known = [file for one in made.placed if (file := one.file)]
        household(day)
        drafts(day)
    file = day.chance.choice(known)
    return file, file.with_suffix(WORDS).read_text(encoding="utf-8")


def _words_are_of(backup: Path) -> bool:
    """A kill may fall between a backup that took the place of one of the same minute and its words."""
    words = backup.with_suffix(WORDS)
    return words.exists() and words.stat().st_mtime_ns >= backup.stat().st_mtime_ns


def each_replaced_store_is_whole(
    folder: Path, kept: Mapping[str, str], coming: Mapping[str, str] | None
) -> None:
    """Every store that was replaced lies in a folder of its own with every row, and no folder is by half."""
    lying = {}
    for aside in folder.glob("replaced-*"):
        known = [one for name, one in {**(coming or {}), **kept}.items() if name.startswith(ASIDE)]
        lying[_matching(aside, known)] = aside
    for name, told in kept.items():
        if name.startswith(ASIDE):
            assert told in lying, "a store that was replaced is gone"


@step("restoring", each_replaced_store_is_whole)
def put_back(day: Day) -> None:
    """A backup takes the store's place: what is here goes aside, what was not sent comes along."""
    file, words = a_backup(day)
    day.close()
    chosen = restoring.choose(day.paths, file, day.clock)
    (card, *_) = chosen.workers()
    found = restoring.look(chosen, lambda gate: gate.unlock(card.worker, words), day.paths, day.clock)
    carried = words == day.passphrase or found.opened.key == day.opened.key
    assert found.preview.here is not None
    assert found.preview.here.hers is carried

    def stop(name: str) -> None:
        if name == "journal":
            about(_prepared(day, found, words))

    restoring.use(found, day.clock(), stop)
    day.passphrase = words
    done()
    day.open()


def _prepared(day: Day, found: restoring.Candidate, words: str) -> dict[str, str | None]:
    """What the step will change, once the prepared store has been found to lose nothing."""
    stage = replacing.stage_of(day.paths)
    with (
        opened(day.paths.store, day.opened.key) as old,
        opened(stage / day.paths.store.name, found.opened.key) as new,
    ):
        if found.preview.here and found.preview.here.hers:
            nothing_lost(old, new)
        before, after = content(old), content(new)
    told = json.dumps({"key": day.opened.key.hex(), "rows": digest(before)})
    return {**difference(before, after), f"{ASIDE}{day.clock()}": told, "~passphrase": words}


def nothing_lost(old: Any, new: Any) -> None:
    """Everything `old` held that nobody else has is in `new`, and nothing can be given out twice."""
    there = dict(new.execute("SELECT change, payload FROM outbox"))
    for change, record, payload in old.execute(
        "SELECT change, record, payload FROM outbox WHERE seq IS NULL"
    ).fetchall():
        assert there.get(change) == payload, "an unsent change did not come along"
        assert new.execute("SELECT 1 FROM record WHERE id = ?", [record]).fetchone(), "nor did its record"
    for (draft,) in old.execute("SELECT id FROM draft").fetchall():
        kept = new.execute(
            "SELECT 1 FROM draft WHERE id = ? UNION SELECT 1 FROM record WHERE id = ?", [draft] * 2
        )
        assert kept.fetchone(), "a form that was begun did not come along"
    for name, value in old.execute("SELECT key, value FROM meta WHERE key GLOB 'serial *'").fetchall():
        (reached,) = new.execute("SELECT value FROM meta WHERE key = ?", [name]).fetchone()
        assert int(reached) >= int(value), "a ticket number would be given a second time"


@contextlib.contextmanager
def opened(path: Path, key: bytes) -> Iterator[Any]:
    """The file as it lies, without bringing anything up to date."""
    db = open_file(path, key)
    try:
        yield db
    finally:
        db.close()


def digest(rows: Content) -> str:
    """One number for every row of a store."""
    return hashlib.sha256(json.dumps(sorted(rows.items())).encode()).hexdigest()


def _matching(aside: Path, known: list[str]) -> str:
    for told in known:
        said = json.loads(told)
        with (
            contextlib.suppress(Exception),
            opened(aside / "shoufangtong.db", bytes.fromhex(said["key"])) as db,
        ):
            if digest(content(db)) == said["rows"]:
                return told
    raise AssertionError(f"{aside.name} is not as it was when it was replaced")
