"""The device's own facts, kept inside the encrypted file: who it is, which villages, when it last synced."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.domain.device import DeviceIdentity
from app.domain.problem import UserError
from app.store.cipher import faults, stored

RAW = ("key", "escrow_key", "pack_key", "stick_key")  # bytes, kept as base64

SERIAL = "serial "  # the keys of counters begin so
WAS = "was"
APART, LINK, LINK_AT = "apart", "link", "link_at"


class Meta:
    """Small values by name. Keys are ours; values are JSON."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @faults()
    def get(self, key: str) -> Any:
        """The value of `key`, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return stored(row[0]) if row else None

    @faults()
    def set(self, key: str, value: Any) -> None:
        self._db.execute(
            "INSERT INTO meta(key, value) VALUES (?, ?)"
            " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            [key, json.dumps(value, ensure_ascii=False)],
        )

    def next_serial(self, name: str) -> int:
        """1, 2, 3 …: a counter that never gives a number twice on this device."""
        serial = int(self.get(f"{SERIAL}{name}") or 0) + 1
        self.set(f"{SERIAL}{name}", serial)
        return serial

    @faults()
    def serials(self) -> dict[str, int]:
        """Every counter by the key it is kept under, and how far it is."""
        rows = self._db.execute("SELECT key, value FROM meta WHERE key GLOB ?", [f"{SERIAL}*"])
        return {str(key): int(json.loads(value)) for key, value in rows}

    def raise_serial(self, key: str, to: int) -> None:
        """Have a counter go on after `to`; it never goes back."""
        if to > int(self.get(key) or 0):
            self.set(key, to)

    def device(self) -> DeviceIdentity:
        """Raises UserError when this computer has not been enrolled yet."""
        data = self.get("device")
        if data is None:
            raise UserError("这台电脑还没跟县里登记。先登记，再上传。")
        raw = {name: base64.b64decode(data[name]) for name in RAW if name in data}
        epoch = self.get("epoch") or data["epoch"]
        known = {**data, **raw, "epoch": epoch, "villages": tuple(data["villages"])}
        apart = {WAS: self.get(WAS) or "", LINK: self.get(LINK) or "", APART: bool(self.get(APART))}
        return DeviceIdentity(**{**known, **apart, LINK_AT: int(self.get(LINK_AT) or 0)})

    def set_device(self, device: DeviceIdentity) -> None:
        """Keep everything but what a restore, a parting and the county's answers alone may move."""
        apart = (WAS, APART, LINK, LINK_AT, "terms")
        data = {name: value for name, value in vars(device).items() if name not in apart}
        raw = {name: base64.b64encode(getattr(device, name)).decode() for name in RAW}
        self.set("device", {**data, **raw})

    def set_was(self, replica: str, *, apart: bool = False) -> None:
        """Remember, until the county has heard it, which replica this file was; "" once it has. `apart`:
        another copy goes on under it."""
        for key, value in ((WAS, replica), (APART, apart)):
            if value != (self.get(key) or type(value)()):
                self.set(key, value)

    def answered(self, link: str, number: int) -> None:
        """The county answered, so it has heard which replica this file was; `link` is where it stands now,
        "" where it stays, `number` the highest among the receipts."""
        self.set_was("")
        self.set_link(link or self.get(LINK) or "")
        if link:
            self.raise_serial(LINK_AT, number)

    def set_link(self, link: str) -> None:
        """Remember where this file stands in the chain of what it brought the county; "" at its beginning."""
        if link != (self.get(LINK) or ""):
            self.set(LINK, link)

    def synced_at(self) -> datetime | None:
        """When the county last answered."""
        value = self.get("synced_at")
        return datetime.fromisoformat(value) if value else None
