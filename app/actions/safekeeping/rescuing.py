"""What is still whole of a damaged store, brought into a new one and put in its place when she says so."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.actions.entry.gate import Gate
from app.actions.safekeeping import replacing
from app.actions.safekeeping.salvage import Salvaged, salvage
from app.actions.safekeeping.salvage_mend import By
from app.actions.safekeeping.salvage_pages import Progress
from app.domain.problem import StorageFault
from app.paths import Paths
from app.store.cipher import BUSY, DAMAGED, in_use


def is_damage(error: Exception) -> bool:
    """Whether it was said that the file itself is not whole: then there is something to rescue."""
    return isinstance(error, StorageFault) and error.words == DAMAGED


def rescue(
    gate: Gate,
    worker: str,
    passphrase: str,
    folder: Path,
    progress: Progress = lambda done, total: None,
) -> Salvaged:
    """Bring what is whole into the new data folder `folder`; what is here is only read.

    Raises Locked for a wrong passphrase, UserError when there is something in `folder`, WrongKey or
    StorageFault.
    """
    found = gate.keys_of(worker, passphrase)
    keys = [found[generation] for generation in sorted(found, reverse=True)]
    names = {card.worker: card.name for card in gate.workers()}
    by = By(worker, names[worker], gate.now(), owner=next(iter(names.items())))
    return salvage(gate.paths, keys, folder, by, progress)


def prepare(
    gate: Gate, worker: str, passphrase: str, progress: Progress = lambda done, total: None
) -> Salvaged:
    """The same beside the store that is here, for `use`; nothing here has changed. Raises as `rescue`."""
    replacing.finish(gate.paths)
    replacing.clear_stage(gate.paths)
    return rescue(gate, worker, passphrase, replacing.stage_of(gate.paths), progress)


def use(paths: Paths, at: datetime, stop: replacing.Stop = lambda _step: None) -> Path | None:
    """Put what was prepared in place; the damaged one is moved whole into the folder that is returned.

    Raises StorageFault: before the step is decided nothing has changed, after it the next start goes on.
    """
    if not paths.restoring.exists() and paths.store.exists() and in_use(paths.store):
        raise StorageFault(BUSY)
    return replacing.replace_all(paths, at, stop)
