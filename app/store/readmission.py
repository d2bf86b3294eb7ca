"""The same worker's file under a new enrolment: this computer was stopped, forgotten, or the county put back.

Nothing of hers is let go. A county that was restored from a backup may have lost what it had
acknowledged, so it is told everything again: what it still knows it answers with the first receipt.
"""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from app.domain.device import DeviceIdentity
from app.domain.problem import UserError
from app.store.cipher import faults
from app.store.lives import forget_numbers
from app.store.meta import Meta
from app.store.scopes import taken_away

STOPPED = "stopped"  # in meta: when the county's notice came that this computer was stopped; "" after


def readmit(db: Database, meta: Meta, device: DeviceIdentity, at: datetime | None = None) -> None:
    """Take `device` as this file's identity from now on, in one transaction; what waits again by it waits
    since `at`.

    Raises UserError when it is another worker or another county: her records are not another's.
    """
    before = meta.device()
    if device.county != before.county:
        raise UserError("这个登记码是别的县的。这台电脑上的资料没有动。", field="code")
    if device.worker != before.worker:
        words = f"这个登记码是给{device.worker_name}的，这份资料是{before.worker_name}的，没有动。"
        raise UserError(words, field="code")
    with faults(), db.atomic():
        if device.epoch != before.epoch:
            forget_numbers(db, meta, 0, at)
        if set(before.villages) - set(device.villages):
            taken_away(meta)
        meta.set_device(device)
        meta.set(STOPPED, "")
        meta.set("epoch", device.epoch)
        meta.set("serial_block", device.serial_block)
