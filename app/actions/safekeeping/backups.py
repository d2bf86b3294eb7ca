"""Backups: one encrypted file that is only called good once it has been opened and found to be whole."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from app import RELEASE, container, drives
from app.actions.desk import Desk
from app.actions.safekeeping import backup_places, belongings, replaced
from app.actions.safekeeping.backup_places import HOME_FULL, Place, Placed, found_in, places, prune, put
from app.actions.safekeeping.replaced import Replaced
from app.domain.manifest import Manifest, Part, Reason, to_bytes
from app.domain.problem import StorageFault
from app.files import disk_fault
from app.paths import Paths
from app.store.backup import Holds, Original, proven
from app.vault import keyfile
from app.vault.stamp import holds, stamp

PURPOSE = "backup manifest"
NOTED = "backups"  # in meta: when the last good one was made, by place
EVERY = timedelta(hours=20)
TOO_OLD = timedelta(days=7)
SCRATCH = "backing-up"
SPARE_BYTES = 8 << 20
DIFFERS = "备份写好了，打开一查对不上，没有算数。已存好的、原来的备份都在。再做一次。"
NO_KEYS = "钥匙文件坏了，这时做的备份打不开，所以没有做。已存好的都在，请找镇里。"
Step = Callable[[str, int, int], None]  # what is under way: "copy", "check" or "put"; done, of all


@dataclass(frozen=True)
class Draft:
    """A copy that has left the open store and is not a backup yet. Needs no store from here on."""

    scratch: Path
    holds: Holds
    line: str
    village: str
    at: datetime
    reason: Reason
    places: tuple[Place, ...]
    key: bytes = field(repr=False)
    attachments: Path


@dataclass(frozen=True)
class Made:
    """A proven backup and what came of each place. `good` when at least one place has it."""

    at: datetime
    reason: Reason
    generation: int
    placed: tuple[Placed, ...]

    @property
    def good(self) -> bool:
        return any(one.file for one in self.placed)

    @property
    def words(self) -> str:
        """What went wrong, place by place, "" when nothing did."""
        return "".join(one.words for one in self.placed)


@dataclass(frozen=True)
class LastGood:
    """When the last good backups were made: of all, and on the chosen stick or folder (`chosen`, "" for
    none); when the store began, for one that has none yet; and what restores replaced and is still there."""

    at: datetime | None
    chosen_at: datetime | None
    chosen: str
    began: datetime | None
    kept: tuple[Replaced, ...] = ()

    def due(self, now: datetime) -> bool:
        """True when it is 20 hours old, or younger than now can be (the clock was set back)."""
        return self.at is None or not timedelta(0) <= now - self.at < EVERY

    def too_old(self, now: datetime) -> bool:
        """True after 7 days without a good one."""
        since = self.at or self.began
        return since is not None and now - since > TOO_OLD


def begin(
    original: Original,
    key: bytes,
    paths: Paths,
    *,
    at: datetime,
    reason: Reason,
    to: tuple[Place, ...] = (),
    step: Step = lambda _what, _done, _of: None,
) -> Draft:
    """Copy the open store aside, on the store's thread. Raises StorageFault; nothing else has changed."""
    targets = to or places(paths)
    scratch = _scratch(paths, targets)
    try:
        for left in (paths.root, *(place.folder for place in targets)):
            _clear(left / SCRATCH)  # what a power cut left of one before
        scratch.mkdir(parents=True)
        _take_keys(paths, scratch)
        belongings.take(paths, scratch)
        original.copy_to(scratch / container.STORE, key, lambda done, of: step("copy", done, of))
        return Draft(
            scratch=scratch,
            holds=original.holds(),
            line=original.line(),
            village=original.village(),
            at=at,
            reason=reason,
            places=targets,
            key=key,
            attachments=paths.attachments,
        )
    except OSError as error:
        _clear(scratch)
        raise disk_fault(error) from error
    except BaseException:
        _clear(scratch)
        raise


def complete(draft: Draft, step: Step = lambda _what, _done, _of: None) -> Made:
    """Pack, open, compare, put into every place, prune. On any thread; the copy aside is gone after.

    Raises StorageFault when no backup could be made at all; what a single place said is in the answer.
    """
    try:
        step("check", 0, 2)
        file, generation = _packed(draft)
        step("check", 1, 2)
        _prove(file, draft)
        digest = container.digest_of(file)
        placed = []
        for number, place in enumerate(draft.places):
            step("put", number, len(draft.places))
            last = number == len(draft.places) - 1
            name = backup_places.file_name(draft.village, draft.at)
            placed.append(put(file, digest, name, place, last=last))
            # On the way to a restore nothing is thinned out: it may be the very one she wants.
            if placed[-1].file is not None and draft.reason is not Reason.BEFORE_RESTORE:
                prune(place, draft.line, draft.at)
        return Made(draft.at, draft.reason, generation, tuple(placed))
    except OSError as error:
        raise disk_fault(error) from error
    finally:
        _clear(draft.scratch)


def note(desk: Desk, made: Made, paths: Paths) -> None:
    """Remember in the store that a backup is good, and where; clear away what restores replaced and nobody
    needs any more. On the store's thread."""
    if not made.good:
        return
    noted = dict(desk.store.meta.get(NOTED) or {})
    for one in made.placed:
        if one.file is not None:
            name = str(one.place.base) if one.place.chosen else "home"
            noted[name] = made.at.isoformat()
    with desk.unit("backup") as unit:
        desk.store.meta.set(NOTED, noted)
        unit.audit("backup", "", f"{made.reason.value} {made.generation}")
    replaced.clear(desk, paths)


def make(
    desk: Desk,
    key: bytes,
    paths: Paths,
    reason: Reason,
    *,
    to: tuple[Place, ...] = (),
    step: Step = lambda _what, _done, _of: None,
) -> Made:
    """All of it at once, on the store's thread. Raises StorageFault when no place has a good one."""
    draft = begin(
        desk.store.original,
        key,
        paths,
        at=desk.now,
        reason=reason,
        to=to,
        step=step,
    )
    made = complete(draft, step)
    note(desk, made, paths)
    if not made.good:
        raise StorageFault(made.words)
    return made


def last_good(desk: Desk, paths: Paths) -> LastGood:
    """What the store remembers of its backups."""
    noted: Mapping[str, str] = desk.store.meta.get(NOTED) or {}
    times = {name: datetime.fromisoformat(at) for name, at in noted.items()}
    chosen = next((str(one.base) for one in places(paths) if one.chosen), "")
    newest = max(times.values(), default=None)
    began, kept = desk.store.audit.began(), replaced.lying(desk, paths)
    return LastGood(newest, times.get(chosen), chosen, began, kept)


def is_genuine(outside: container.Outside, key: bytes) -> bool:
    """Whether the manifest was written by whoever held this store's key."""
    try:
        stamped = bytes.fromhex(outside.stamp)
    except ValueError:
        return False
    return holds(key, PURPOSE, outside.raw, stamped)


def _scratch(paths: Paths, targets: tuple[Place, ...]) -> Path:
    """A place with room for the copy and the packed file: this computer, else the stick."""
    log = paths.store.with_name(paths.store.name + "-wal")
    files = [paths.store, log, *files_below(paths.attachments)]
    needed = 2 * sum(file.stat().st_size for file in files if file.exists()) + SPARE_BYTES
    for folder in (paths.root, *(place.folder for place in targets if place.chosen and place.base.is_dir())):
        if drives.free_bytes(folder) >= needed:
            return folder / SCRATCH
    raise StorageFault(HOME_FULL)


def _take_keys(paths: Paths, scratch: Path) -> None:
    """Lay the key file beside the copy: without one that can be read, no backup opens anything."""
    taken = scratch / container.KEYS
    for file in (paths.keys, paths.keys.with_name(paths.keys.name + ".copy")):
        if file.exists():
            taken.write_bytes(file.read_bytes())
            with contextlib.suppress(StorageFault):
                keyfile.read(taken)
                return
    raise StorageFault(NO_KEYS)


def _packed(draft: Draft) -> tuple[Path, int]:
    inside = {
        container.STORE: draft.scratch / container.STORE,
        container.KEYS: draft.scratch / container.KEYS,
        **belongings.parts(draft.scratch),
    }
    for path in files_below(draft.attachments):
        inside[container.ATTACHMENTS + path.relative_to(draft.attachments).as_posix()] = path
    parts = tuple(container.part_of(name, source) for name, source in inside.items())
    manifest = Manifest(
        release=RELEASE,
        schema=draft.holds.schema,
        made_at=draft.at,
        reason=draft.reason.value,
        village=draft.village,
        line=draft.line,
        generation=_next_generation(draft),
        counts=draft.holds.counts,
        parts=parts,
    )
    raw = to_bytes(manifest)
    file = draft.scratch / f"whole{container.ENDING}"
    container.write(file, raw, stamp(draft.key, PURPOSE, raw).hex(), inside)
    (draft.scratch / container.STORE).unlink()  # from here on the packed one is the only truth
    return file, manifest.generation


def _prove(file: Path, draft: Draft) -> None:
    """Open what was packed as a restore would. Raises StorageFault when anything differs."""
    outside = container.outside(file)
    if not is_genuine(outside, draft.key):
        raise StorageFault(DIFFERS)
    others = tuple(part for part in outside.manifest.parts if part.name != container.STORE)
    container.check_parts(file, replace(outside.manifest, parts=others))
    opened = draft.scratch / "opened.db"
    container.take_out(file, _store_part(outside.manifest), opened)
    if proven(opened, draft.key) != draft.holds or outside.manifest.counts != draft.holds.counts:
        raise StorageFault(DIFFERS)
    opened.unlink()


def _store_part(manifest: Manifest) -> Part:
    return next(part for part in manifest.parts if part.name == container.STORE)


def _next_generation(draft: Draft) -> int:
    lying = (one.manifest for place in draft.places for one in found_in(place.folder))
    return 1 + max((one.generation for one in lying if one.line == draft.line), default=0)


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder, in order; none when it is not there."""
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _clear(scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
