"""A worker's desk for tests: a real store, the shipped pack, a clock that stands where it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app import packs
from app.actions.desk import Desk
from app.domain.device import DeviceIdentity
from app.store import Store
from tests.facts import NOW, VILLAGE

DEVICE = DeviceIdentity(
    device="d-1", replica="r-1", key=bytes(32), server="http://127.0.0.1:1", county="439901", epoch="e-1",
    worker="w-xiang", worker_name="向海燕", villages=(VILLAGE,),
)  # fmt: skip


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def desk_on(store: Store, clock: Clock, *overlays: object) -> Desk:
    """向海燕 at work in 青石垭村; the device is enrolled."""
    store.meta.set_device(DEVICE)
    return Desk(
        store=store,
        worker="w-xiang",
        worker_name="向海燕",
        worker_phone="15400001108",
        village=VILLAGE,
        village_name="青石垭村",
        pack=packs.load(packs.reference(), *overlays),  # type: ignore[arg-type]  # folders of overlays
        calendar=packs.calendar(),
        clock=clock,
    )
