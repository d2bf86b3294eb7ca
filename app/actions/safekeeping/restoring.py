"""Restoring: a backup is opened and proven beside the present store, and only then put in its place."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app import container, drives
from app.actions.entry.gate import Gate, Opened, WorkerCard
from app.actions.safekeeping import backups, belongings, replacing
from app.actions.safekeeping.backup_places import Found, found_in, place_in, places
from app.actions.safekeeping.belongings import Brought
from app.domain.manifest import Manifest, Reason
from app.domain.problem import StorageFault, UserError
from app.domain.visits.visit import Visit
from app.domain.workdays import china_day
from app.files import disk_fault, write_whole
from app.paths import Paths
from app.store import Store
from app.store.backup import original_at
from app.store.cipher import BUSY, in_use
from app.store.leaving import Leaving, leaving
from app.vault import device_secret

Clock = Callable[[], datetime]
Unlock = Callable[[Gate], Opened]
TAMPERED = "这份备份被人改过，或不是用这把钥匙做的，没有用它。换一份。"
NO_ROOM = "电脑满了，备份放不开，没有恢复。原来的资料没有动。先清出一些地方。"
KINDS = ("household", "person", "visit", "ticket", "checklist")


class Staged(Paths):
    """The prepared files; wrong passphrases count as they do at the lock page."""

    @property
    def attempts(self) -> Path:
        """The count of the computer, not of the copy."""
        return self.root.parent / "attempts.json"


class Beside(Paths):
    """The present files, asked on the side: a passphrase that does not open them is no wrong try."""

    @property
    def attempts(self) -> Path:
        """A count that is thrown away with what was prepared."""
        return replacing.stage_of(self) / "attempts.json"


@dataclass(frozen=True)
class Chosen:
    """A backup whose key file has been taken out, so that it can be unlocked."""

    file: Path
    outside: container.Outside
    gate: Gate

    def workers(self) -> tuple[WorkerCard, ...]:
        """Who can open it. Raises StorageFault."""
        return self.gate.workers()


@dataclass(frozen=True)
class Here:
    """The store that would be replaced. `opens` is False when this key does not open it, or it is damaged;
    `hers` when it is the same worker's; `newer` when it was worked in after the backup."""

    opens: bool
    hers: bool = False
    newer: bool = False
    waiting: int = 0
    touched_at: datetime | None = None


@dataclass(frozen=True)
class Preview:
    """What is inside, in the worker's terms. `counts` by kind of KINDS; `here` None on an empty computer."""

    worker_name: str
    village: str
    made_at: datetime
    counts: dict[str, int]
    newest_visit: date | None
    waiting: int
    here: Here | None
    brought: tuple[Brought, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A backup that was opened and is whole; `use` puts it in place."""

    paths: Paths
    opened: Opened
    manifest: Manifest
    preview: Preview
    left: Leaving | None = field(repr=False)
    present_key: bytes | None = field(repr=False)


@dataclass(frozen=True)
class Restored:
    """`carried` changes came over from the store before, which lies in `aside` (None: there was none)."""

    carried: int
    aside: Path | None


def found(
    paths: Paths, plugged_in: Callable[[], tuple[drives.Drive, ...]] = drives.removable
) -> tuple[Found, ...]:
    """Every backup in the known folders and on what is plugged in, newest first."""
    folders = {place.folder: place.chosen for place in places(paths)}
    for drive in plugged_in():
        folders.setdefault(place_in(drive.root).folder, True)
        folders.setdefault(drive.root, True)
    every = [one for folder, chosen in folders.items() for one in found_in(folder, chosen=chosen)]
    return tuple(sorted(every, key=lambda one: (one.manifest.made_at, one.manifest.generation), reverse=True))


def choose(paths: Paths, file: Path, clock: Clock) -> Chosen:
    """Take the key file of a backup out beside the present one. Raises StorageFault."""
    replacing.finish(paths)
    replacing.clear_stage(paths)
    outside = container.outside(file)
    part = next(one for one in outside.manifest.parts if one.name == container.KEYS)
    staged = Staged(replacing.stage_of(paths))
    container.take_out(file, part, staged.keys)
    return Chosen(file, outside, Gate(staged, clock, device_secret=device_secret.get))


def look(chosen: Chosen, unlock: Unlock, paths: Paths, clock: Clock) -> Candidate:
    """Open the backup with `unlock(gate)`, prove it, and say what is inside and what it would replace.

    Raises UserError for a wrong passphrase or code, StorageFault when it is not whole. The present store
    is only read.
    """
    opened = unlock(chosen.gate)
    if not backups.is_genuine(chosen.outside, opened.key):
        raise StorageFault(TAMPERED)
    manifest, stage = chosen.outside.manifest, Staged(replacing.stage_of(paths))
    _take_out(chosen, stage, paths)
    store = Store(stage.store, opened.key)
    try:
        if store.integrity():
            raise StorageFault(container.BROKEN)
        present_key, left = _present(paths, unlock, opened, store, clock)
        preview = _preview(store, manifest, _here(paths, left, store), belongings.brought(paths, manifest))
    finally:
        store.close()
    if present_key == opened.key:
        _keep_keys(paths, unlock, opened, stage, clock)
    return Candidate(paths, opened, manifest, preview, left, present_key)


def use(candidate: Candidate, at: datetime, stop: replacing.Stop = lambda _step: None) -> Restored:
    """Put it in place of what is here. Raises StorageFault; the present store is there or is moved whole.

    Nothing of the present one is deleted. Its unsent changes come along when it is the same worker's and
    could be opened; else they lie in the folder it was moved to.
    """
    paths, left = candidate.paths, candidate.left
    hers = candidate.preview.here is not None and candidate.preview.here.hers
    taken = left if hers else None
    carried = taken.unsent if taken else 0
    if paths.restoring.exists():  # decided before, and stopped by the disk half-way
        return Restored(carried, replacing.finish(paths, stop))
    if paths.store.exists() and in_use(paths.store):
        raise StorageFault(BUSY)
    stop("backup")
    _safeguard(candidate, at)
    stop("carry")
    stage = Staged(replacing.stage_of(paths))
    store = Store(stage.store, candidate.opened.key)
    try:
        made_at = candidate.manifest.made_at
        worker, name = candidate.opened.worker, f"generation {candidate.manifest.generation}"
        aside = replacing.free_name(paths.root, at)
        store.put_back(taken, made_at=made_at, actor=worker, at=at, where=name, aside=aside)
    finally:
        store.close()
    _copy_keys(stage)
    if taken is not None:
        _bring_attachments(paths, stage)
    return Restored(carried, replacing.replace_all(paths, at, stop))


def _take_out(chosen: Chosen, stage: Staged, paths: Paths) -> None:
    parts = chosen.outside.manifest.parts
    if drives.free_bytes(paths.root) < 2 * sum(part.size for part in parts) + backups.SPARE_BYTES:
        raise StorageFault(NO_ROOM)
    # A first try may have left its own.
    for path in (stage.store, stage.attachments, stage.packs, stage.settings):
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
    for part in parts:
        if part.name == container.STORE:
            container.take_out(chosen.file, part, stage.store)
        elif part.name != container.KEYS and belongings.wanted(paths, part.name):
            container.take_out(chosen.file, part, stage.root / part.name)
    belongings.choose_stick(stage, paths, chosen.file)


def _present(
    paths: Paths, unlock: Unlock, opened: Opened, store: Store, clock: Clock
) -> tuple[bytes | None, Leaving | None]:
    """The key of the store that is here and what it holds; None where nothing opens it."""
    if not paths.store.exists():
        return None, None
    known, last_chain = store.sent_and_said()
    beside = Gate(Beside(paths.root), clock, device_secret=device_secret.get)
    tries: tuple[Callable[[], Opened], ...] = (lambda: opened, lambda: unlock(beside))
    for one in tries:
        try:
            key = one().key
            return key, leaving(paths.store, key, known, last_chain)
        except UserError:
            continue
        except StorageFault as fault:
            if fault.words == BUSY:
                raise
    return None, None


def _here(paths: Paths, left: Leaving | None, store: Store) -> Here | None:
    if not (paths.store.exists() or paths.keys.exists()):
        return None
    if left is None:
        return Here(opens=False)
    mine, theirs = store.meta.device(), left.device
    hers = theirs is not None and (theirs.worker, theirs.county) == (mine.worker, mine.county)
    return Here(True, hers, left.continues, left.waiting, left.touched_at)


def _preview(store: Store, manifest: Manifest, here: Here | None, brought: tuple[Brought, ...]) -> Preview:
    days = [china_day(visit.started_at) for visit in store.reading.each(Visit)]
    counts = store.original.holds().counts
    return Preview(
        worker_name=store.meta.device().worker_name,
        village=store.original.village(),
        made_at=manifest.made_at,
        counts={kind: counts.get(kind, 0) for kind in KINDS},
        newest_visit=max(days, default=None),
        waiting=len(store.ledger.waiting_subjects()),
        here=here,
        brought=brought,
    )


def _keep_keys(paths: Paths, unlock: Unlock, opened: Opened, stage: Staged, clock: Clock) -> None:
    """Keep the key file that is here if the same secret opens it to the same key.

    A passphrase that was changed after the backup because somebody saw it must not open the store again.
    """
    with contextlib.suppress(UserError, StorageFault, OSError):
        if unlock(Gate(Beside(paths.root), clock, device_secret=device_secret.get)).key == opened.key:
            write_whole(stage.keys, paths.keys.read_bytes())


def _copy_keys(stage: Staged) -> None:
    try:
        copy = stage.keys.with_name(stage.keys.name + ".copy")
        copy.unlink(missing_ok=True)
        container.copy_whole(stage.keys, copy)
    except OSError as error:
        raise disk_fault(error) from error


def _bring_attachments(paths: Paths, stage: Staged) -> None:
    """Photographs taken after the backup: what is carried over may speak of them."""
    for path in backups.files_below(paths.attachments):
        target = stage.attachments / path.relative_to(paths.attachments)
        if not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                container.copy_whole(path, target)
            except OSError as error:
                raise disk_fault(error) from error


def _safeguard(candidate: Candidate, at: datetime) -> None:
    """A backup of the store that goes, where it opens. It is moved aside whole in any case."""
    if candidate.present_key is None:
        return
    paths, reason = candidate.paths, Reason.BEFORE_RESTORE
    with contextlib.suppress(StorageFault):
        with original_at(paths.store, candidate.present_key) as original:
            draft = backups.begin(original, candidate.present_key, paths, at=at, reason=reason)
        backups.complete(draft)
