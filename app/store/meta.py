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

RAW = ("key", "escrow_key")  # bytes, kept as base64


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
        serial = int(self.get(f"serial {name}") or 0) + 1
        self.set(f"serial {name}", serial)
        return serial

    def device(self) -> DeviceIdentity:
        """Raises UserError when this computer has not been enrolled yet."""
        data = self.get("device")
        if data is None:
            raise UserError("这台电脑还没跟县里登记。先登记，再上传。")
        raw = {name: base64.b64decode(data[name]) for name in RAW if name in data}
        epoch = self.get("epoch") or data["epoch"]
        return DeviceIdentity(**{**data, **raw, "epoch": epoch, "villages": tuple(data["villages"])})

    def set_device(self, device: DeviceIdentity) -> None:
        raw = {name: base64.b64encode(getattr(device, name)).decode() for name in RAW}
        self.set("device", {**vars(device), **raw})

    def synced_at(self) -> datetime | None:
        """When the county last answered."""
        value = self.get("synced_at")
        return datetime.fromisoformat(value) if value else None
