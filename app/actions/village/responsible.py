"""The villages this worker is responsible for, as the county has them now: their names, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.desk import Desk
from app.actions.entry.opening import VILLAGE_NAMES

TOLD = "told_villages"  # in meta: those she was last told of


@dataclass(frozen=True)
class Changed:
    """Names of the villages she was given, and of those that were taken from her, since she was told."""

    given: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


def learn(desk: Desk, names: Mapping[str, str]) -> Changed:
    """Keep the names as the county told them; what has changed."""
    known = desk.store.meta.get(VILLAGE_NAMES) or {}
    if any(known.get(code) != name for code, name in names.items()):
        with desk.unit("villages"):  # those taken away have to be named as well
            desk.store.meta.set(VILLAGE_NAMES, {**known, **names})
    return _changed(desk)


def tell(desk: Desk) -> Changed:
    """What has changed, for the last time: she is told of it now."""
    changed, now = _changed(desk), list(desk.store.meta.device().villages)
    if desk.store.meta.get(TOLD) != now:
        with desk.unit("villages"):
            desk.store.meta.set(TOLD, now)
    return changed


def _changed(desk: Desk) -> Changed:
    told, now = desk.store.meta.get(TOLD), desk.store.meta.device().villages
    names = desk.store.meta.get(VILLAGE_NAMES) or {}
    if told is None:
        return Changed()
    return Changed(
        tuple(names.get(one, one) for one in now if one not in told),
        tuple(names.get(one, one) for one in told if one not in now),
    )
