"""Laptops to measure on: a village after ten years, the same village on its first day, a township of twenty.

Filling one takes minutes, so what was made is kept in the system's folder for temporary files under the
mark of the sources it was made by, and found again by the next run.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app import packs
from app.actions.desk import Desk
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, introduce, open_desk
from app.domain.device import DeviceIdentity
from app.domain.ids import new_id
from app.domain.workdays import CHINA
from app.paths import Paths
from app.store import Store
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from demo.village import story
from demo.village.place import VILLAGE, VILLAGE_NAME
from demo.village.village import generate
from demo.village.years import DECADE, Size, fill

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)
QUICK = Cost(1, FLOOR_MEMORY_KIB)
VILLAGES = 20
TOWNSHIP_KEY = bytes(32)
SOURCES = Path(__file__).parent.parent / "demo" / "village"
Say = Callable[[str], None]
DEVICE = DeviceIdentity(
    device="d", replica="r", key=bytes(32), server="http://127.0.0.1:1", county=VILLAGE[:6], epoch="e",
    worker=story.WORKER.id, worker_name=story.WORKER.name, villages=(VILLAGE,),
)  # fmt: skip


def clock() -> datetime:
    """The afternoon the demo village stands on."""
    return NOW


def laptop(size: Size | None, say: Say) -> Paths:
    """The enrolled laptop of the demo village; `size` None leaves its ten years out."""
    folder = _kept(f"laptop {size}")
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=folder.parent) as half:
            _furnish(Paths(Path(half) / "made"), size, say)
            shutil.move(Path(half) / "made", folder)
    return Paths(folder)


def gate(paths: Paths) -> Gate:
    """Its lock, quick to open."""
    return Gate(paths, clock, cost=QUICK)


def desk_at(paths: Paths) -> Desk:
    """The worker at that laptop, without its window."""
    door = gate(paths)
    return open_desk(door.unlock(door.workers()[0].worker, story.PASSPHRASE), paths, clock)


def township(of: Paths, say: Say) -> Desk:
    """Twenty villages in one store: the village of `of` copied, each time with other ids."""
    folder = _kept("township")
    path = folder / "township.db"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder.parent) as half:
            _copy_village(of, Path(half) / path.name, say)
            folder.mkdir(parents=True)
            shutil.move(Path(half) / path.name, path)
    return Desk(
        store=Store(path, TOWNSHIP_KEY), worker=story.WORKER.id, worker_name=story.WORKER.name,
        worker_phone=story.WORKER.phone, village=VILLAGE, village_name=VILLAGE_NAME,
        pack=packs.load(packs.reference()), calendar=packs.calendar(), clock=clock,
    )  # fmt: skip


def _kept(what: str) -> Path:
    # Not of the tables: a store from before is brought up to date when it is opened, as everybody's is.
    mark = hashlib.sha256(repr((what, DECADE)).encode())
    for source in sorted(SOURCES.rglob("*.py")):
        mark.update(source.read_bytes())
    folder = Path(tempfile.gettempdir()) / "shoufangtong-years"
    folder.mkdir(exist_ok=True)
    return folder / mark.hexdigest()[:16]


def _furnish(paths: Paths, size: Size | None, say: Say) -> None:
    opened = Gate(paths, clock, cost=QUICK).create(story.PASSPHRASE, DEVICE)
    desk = open_desk(opened, paths, clock)
    try:
        introduce(desk, village_names={VILLAGE: VILLAGE_NAME}, phone=story.WORKER.phone)
        village = generate(1, NOW.date())
        homes = {home.id: new_id(NOW) for home in village.households}
        people = {person.id: new_id(NOW) for person in village.people}
        with desk.unit("roster import") as unit:
            for home in village.households:
                unit.save(replace(home, id=homes[home.id], head=people.get(home.head, "")))
            for person in village.people:
                facts = {"household": homes[person.household], "guardian": people.get(person.guardian, "")}
                unit.save(replace(person, id=people[person.id], **facts))
        if size is not None:
            fill(desk, size, say=lambda done, total: say(f"十年的记录：{done} / {total}"))
    finally:
        close_desk(desk)


def _copy_village(of: Paths, path: Path, say: Say) -> None:
    """Every id is a UUIDv7, with a 7 at the head of its third part: another letter makes other people."""
    source = desk_at(of)
    try:
        rows = source.store._db.execute(
            "SELECT id, type, village, body, county_body, county_village, revision FROM record"
            " WHERE NOT deleted"
        ).fetchall()
    finally:
        close_desk(source)
    store = Store(path, TOWNSHIP_KEY, create=True)
    store.meta.set_device(DEVICE)
    for number in range(VILLAGES):
        say(f"一个镇：第 {number + 1} 个村")
        other = f"-{chr(ord('a') + number)}" if number else "-7"
        with store._db.atomic():
            for row in rows:
                key, kind, village, body, county, county_village, revision = row
                changed = [None if text is None else text.replace("-7", other) for text in (body, county)]
                store._db.execute(
                    "INSERT INTO record(id, type, village, body, county_body, county_village, revision)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [key.replace("-7", other), kind, village, *changed, county_village, revision],
                )
    say("一个镇：检索词")
    store.finder.rebuild()
    store.close()
