"""From an open door to a desk: the store, this worker's place in it, and the policy in force."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from app import packs
from app.actions.attachments import let_go, sweep
from app.actions.auditing import remember_name
from app.actions.desk import Desk
from app.actions.entry.gate import Opened
from app.actions.policy.policy_packs import in_force
from app.domain.manifest import Reason
from app.domain.packs.closure import with_holidays
from app.domain.problem import StorageFault, UserError
from app.paths import Paths
from app.store import Store
from app.store.backup import Original
from app.store.readmission import STOPPED

VILLAGE_NAMES = "village_names"
WORKER_PHONE = "worker_phone"
NOT_MIGRATED = "换新版之前要先备份，备份没做成，资料没有动。"
# Mobile, or landline with its area code.
PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}")


def open_desk(opened: Opened, paths: Paths, clock: Callable[[], datetime]) -> Desk:
    """Open the store with the key and lay out the desk. The calling thread owns it from here.

    A broken policy pack keeps nobody from her work: the desk opens without it and says why. A file of an
    older release is backed up before it is brought up to date. Raises WrongKey, NewerFile or StorageFault.
    """
    store = _store(opened, paths, clock)
    try:
        policy = in_force(paths.packs, store.meta.device())
        village = store.meta.device().villages[0]
        desk = Desk(
            store=store,
            worker=opened.worker,
            worker_name=opened.name,
            worker_phone=str(store.meta.get(WORKER_PHONE) or ""),
            village=village,
            village_name=(store.meta.get(VILLAGE_NAMES) or {}).get(village, village),
            pack=policy.pack,
            calendar=with_holidays(packs.calendar(), policy.pack.closures, village),
            clock=clock,
            fonts=paths.fonts,
            files=paths.attachments,
            packs=paths.packs,
            pack_problems=policy.problems,
            role=opened.role,
            stopped=bool(store.meta.get(STOPPED)),
        )
        desk = replace(desk, safeguard=_safeguard(desk, opened, paths))
        store.agreed.judge(desk.now, desk.today)
        with desk.unit("unlock") as unit:
            if opened.failed:
                unit.audit("failed unlock", opened.worker, str(opened.failed))
            unit.audit("unlock", opened.worker, opened.way)
            remember_name(desk, opened.worker, opened.name)
        _tidy(desk)
        return desk
    except BaseException:
        store.close()
        raise


def _tidy(desk: Desk) -> None:
    let_go(desk)
    with contextlib.suppress(OSError):  # a stray file that cannot be taken away keeps nobody from work
        sweep(desk)


def _store(opened: Opened, paths: Paths, clock: Callable[[], datetime]) -> Store:
    # Not at the start: the lock page must stand at once.
    from app.actions.safekeeping import backups, replacing

    replacing.clear_stage(paths)  # she looked at a backup once and did not use it

    def first(original: Original) -> None:
        at, reason = clock(), Reason.BEFORE_MIGRATION
        try:
            draft = backups.begin(original, opened.key, paths, at=at, reason=reason)
            made = backups.complete(draft)
        except StorageFault as fault:
            raise StorageFault(NOT_MIGRATED + fault.words) from fault
        if not made.good:
            raise StorageFault(NOT_MIGRATED + made.words)

    return Store(paths.store, opened.key, before_migrating=first)


def _safeguard(desk: Desk, opened: Opened, paths: Paths) -> Callable[[Reason], None]:
    def make(reason: Reason) -> None:
        from app.actions.safekeeping import backups

        backups.make(desk, opened.key, paths, reason)

    return make


def introduce(
    desk: Desk, *, village_names: Mapping[str, str] | None = None, phone: str | None = None
) -> None:
    """Keep the names of the villages and the phone number printed on this worker's papers."""
    with desk.unit("introduce") as unit:
        if village_names is not None:
            desk.store.meta.set(VILLAGE_NAMES, dict(village_names))
        if phone is not None:
            desk.store.meta.set(WORKER_PHONE, phone)
        unit.audit("set introduction", desk.worker)


def set_phone(desk: Desk, phone: str) -> Desk:
    """Keep the number printed on this worker's papers; the desk to work at from now on.

    Raises UserError when it is no phone number.
    """
    plain = phone.replace(" ", "").replace("-", "")
    if plain and not PHONE.fullmatch(plain):
        raise UserError("电话不像：手机 11 位，座机带区号。", field="phone")
    introduce(desk, phone=plain)
    return replace(desk, worker_phone=plain)


def close_desk(desk: Desk) -> None:
    """Lock: fold the log into the file and let go of the key."""
    desk.store.close()
