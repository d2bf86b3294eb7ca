"""Changing the data key: after a colleague has left, after a laptop was out of sight, or once a year.

The steps stand in an order in which the power may go at any of them: the store under the new key is made
and proved beside the old one; the key file takes boxes for both keys; one rename puts the new store in
the old one's place; the key file lets go of the old key. Whoever unlocks next finishes or undoes the rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.actions.entry.gate import Gate, Opened
from app.actions.entry.keys import CHANGED
from app.domain.problem import UserError
from app.domain.roles import Right
from app.files import replace_whole
from app.paths import Paths
from app.store import Store
from app.store.rekey import copy_under, which_fits
from app.vault import keyfile
from app.vault.boxes import KEY_BYTES
from app.vault.keyfile import KeyFile
from app.vault.profiles import PROFILES

NEXT = ".next"
Progress = Callable[[int, int], None]


def rotate(gate: Gate, opened: Opened, progress: Progress = lambda done, total: None) -> Opened:
    """Give the closed store a new data key; every worker, the sheet and the county keep their way in.

    Returns what opens it from now on. Raises UserError when the role has not the right, somebody changed the
    key file, or a slot of an old format is there; StorageFault when the disk refuses. All is as before then.
    """
    if not opened.role.may(Right.KEYS):
        raise UserError(f"{opened.role.words}不能换钥匙。")
    keys = keyfile.read(gate.paths.keys)
    if not keys.untouched(opened.generation, opened.key):
        raise UserError(CHANGED)
    if waiting := keys.old_fashioned():
        raise UserError(f"先请{'、'.join(waiting)}用新版开一次锁（恢复码重做一张），再换钥匙。")
    new = {opened.generation + 1: os.urandom(KEY_BYTES)}
    both = {opened.generation: opened.key, **new}
    beside = _beside(gate.paths)
    copy_under(gate.paths.store, opened.key, beside, new[opened.generation + 1], progress)
    stamp = PROFILES[gate.profile].stamp
    keyfile.write(gate.paths.keys, keys.filled(both).stamped(both, stamp))
    replace_whole(beside, gate.paths.store)
    keyfile.write(gate.paths.keys, keys.filled(new).stamped(new, stamp))
    generation, key = next(iter(new.items()))
    _log(gate, opened, key)
    return replace(opened, key=key, generation=generation)


def settle(paths: Paths, keys: KeyFile, found: dict[int, bytes]) -> int:
    """Bring to its end what the power cut short, by the key that opens the store as it lies there.

    Returns that key's generation. Raises WrongKey when neither does; nothing is touched then.
    """
    generation = which_fits(paths.store, found)
    kept = {generation: found[generation]}
    if all(keys.untouched(number, key) for number, key in found.items()):
        keyfile.write(paths.keys, keys.filled(kept).stamped(kept))
        _beside(paths).unlink(missing_ok=True)
    return generation


def _log(gate: Gate, opened: Opened, key: bytes) -> None:
    store = Store(gate.paths.store, key)
    try:
        with store.unit(actor=opened.worker, at=gate.now(), why="change data key") as unit:
            unit.audit("change data key", opened.worker)
    finally:
        store.close()


def _beside(paths: Paths) -> Path:
    return paths.store.with_name(paths.store.name + NEXT)
