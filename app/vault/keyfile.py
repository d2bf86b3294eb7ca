"""The key file beside the store: who may open it, and the data key in boxes for each of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.problem import NewerFile, StorageFault
from app.files import write_whole
from app.vault import escrow, recovery, slots, stamp
from app.vault.escrow import EscrowSlot
from app.vault.old_slots import OldRecoverySlot, OldWorkerSlot
from app.vault.recovery import RecoverySlot
from app.vault.roll import DAMAGED, FORMAT, NEWER
from app.vault.slots import Keys, WorkerSlot, fill

MAX_BYTES = 1_000_000
PURPOSE = "key file"


@dataclass(frozen=True)
class KeyFile:
    """`store_id` binds the slots to one store; workers are in the order they were added.

    `stamps` prove, with each generation of the data key, that nobody without it changed the file.
    """

    store_id: str
    workers: tuple[WorkerSlot | OldWorkerSlot, ...] = ()
    recovery: RecoverySlot | OldRecoverySlot | None = None
    escrow: EscrowSlot | None = None
    stamps: Mapping[int, bytes] = field(default_factory=dict)
    stamped_with: str = stamp.HMAC_SHA256

    def slot_of(self, worker: str) -> WorkerSlot | OldWorkerSlot | None:
        return next((slot for slot in self.workers if slot.worker == worker), None)

    def with_worker(self, slot: WorkerSlot) -> KeyFile:
        """A copy in which `slot` replaces the same worker's slot, in its place, or is added at the end."""
        if self.slot_of(slot.worker) is None:
            return replace(self, workers=(*self.workers, slot))
        kept = tuple(slot if old.worker == slot.worker else old for old in self.workers)
        return replace(self, workers=kept)

    def without_worker(self, worker: str) -> KeyFile:
        """A copy without her slot."""
        return replace(self, workers=tuple(one for one in self.workers if one.worker != worker))

    def old_fashioned(self) -> tuple[str, ...]:
        """Names of those whose slots are still of format 1; 恢复码 for the sheet."""
        found = [slot.name for slot in self.workers if isinstance(slot, OldWorkerSlot)]
        return (*found, *(["恢复码"] if isinstance(self.recovery, OldRecoverySlot) else []))

    def _has_boxes(self) -> bool:
        slots = (*self.workers, self.recovery, self.escrow)
        return any(isinstance(slot, WorkerSlot | RecoverySlot | EscrowSlot) for slot in slots)

    def filled(self, keys: Keys) -> KeyFile:
        """A copy whose boxes hold exactly `keys`, for everyone. ValueError while a slot is of format 1."""
        if self.old_fashioned():
            raise ValueError("nobody but its holder can fill a slot of format 1")
        workers = tuple(
            replace(one, boxes=fill(self.store_id, slots.KIND, one.worker, one.public, keys))
            for one in self.workers
            if isinstance(one, WorkerSlot)
        )
        sheet, county = self.recovery, self.escrow
        if isinstance(sheet, RecoverySlot):
            sheet = replace(sheet, boxes=fill(self.store_id, recovery.KIND, "", sheet.public, keys))
        if county is not None:
            filled = fill(self.store_id, escrow.KIND, county.county, county.public, keys)
            county = replace(county, boxes=filled)
        return replace(self, workers=workers, recovery=sheet, escrow=county)

    def stamped(self, keys: Keys, algorithm: str = "") -> KeyFile:
        """A copy with fresh stamps, one for each of `keys`."""
        told = replace(self, stamped_with=algorithm or self.stamped_with)
        text = told.text()
        made = {number: stamp.stamp(key, PURPOSE, text, told.stamped_with) for number, key in keys.items()}
        return replace(told, stamps=made)

    def untouched(self, generation: int, key: bytes) -> bool:
        """Whether the file is as somebody with this data key left it; one of format 1 bears no stamp."""
        found = self.stamps.get(generation)
        if found is None:
            # Only a file that is of format 1 all through: else a stranger could simply leave out the stamps.
            return not self.stamps and not self._has_boxes()
        return stamp.holds(key, PURPOSE, self.text(), found, self.stamped_with)

    def text(self) -> bytes:
        """What the stamps are made over: everything but themselves."""
        from app.vault import keyfile_parts

        data = keyfile_parts.out(replace(self, stamps={}))
        return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def write(path: Path, keys: KeyFile) -> None:
    """Replace the key file whole, then its copy `keys.json.copy`.

    At every moment one of the two is whole. The copy is of the new file, not of the one before it:
    a passphrase that was changed because somebody saw it must not go on opening the store.
    """
    from app.vault import keyfile_parts

    data = {"format": FORMAT, **keyfile_parts.out(keys)}
    raw = json.dumps(data, indent=1, ensure_ascii=False).encode()
    write_whole(path, raw)
    write_whole(_copy_of(path), raw)


def read(path: Path) -> KeyFile:
    """The key file, or its copy when it is damaged.

    Raises StorageFault when neither can be read, NewerFile when a later release wrote it.
    """
    for candidate in (path, _copy_of(path)):
        try:
            return _parse(candidate)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    raise StorageFault(DAMAGED)


def copies(path: Path) -> tuple[KeyFile | None, KeyFile | None]:
    """The key file and its copy, each by itself; None for one that is not there or cannot be read."""
    return _whole(path), _whole(_copy_of(path))


def _whole(path: Path) -> KeyFile | None:
    try:
        return _parse(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NewerFile):
        return None


def _copy_of(path: Path) -> Path:
    return path.with_name(path.name + ".copy")


def _parse(path: Path) -> KeyFile:
    from app.vault import keyfile_parts

    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ValueError("key file too large")
    data = json.loads(raw)
    if data["format"] > FORMAT:
        raise NewerFile(NEWER)
    return keyfile_parts.from_format_1(data) if data["format"] == 1 else keyfile_parts.back(data)
