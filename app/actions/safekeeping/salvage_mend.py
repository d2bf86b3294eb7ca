"""What is made good again among the rows that came back, before they are written into a new store."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.actions.safekeeping.salvage_changes import remake
from app.domain.change import Verb
from app.domain.device import NO_COUNTY, DeviceIdentity
from app.domain.ids import new_id
from app.domain.record import Body, canonical
from app.store.gather import Gathered
from app.store.meta import RAW, SERIAL, WAS
from app.store.shapes import Fields
from app.store.unit import change_in

SERIALS_PER_DEVICE = 10_000
OWN = ("id", "type", "village", "body", "deleted")  # a record without the county's copy of it


@dataclass(frozen=True)
class Mended:
    """`again` are records made anew from changes that wait to be sent; `to_fetch` records whose copy of the
    county's lay on a lost page; `changes` numbers of changes told anew by the records they were about;
    `identity` says whether the device's enrolment was lost."""

    again: frozenset[str]
    to_fetch: frozenset[str]
    changes: frozenset[int]
    identity: bool


@dataclass(frozen=True)
class By:
    """Who salvages, and when. `owner` is (id, name) of the worker whose store it is, if that is another."""

    worker: str
    name: str
    at: datetime
    owner: tuple[str, str] | None = None


def mend(gathered: Gathered, unsent: Mapping[int, str], by: By, *, records_sure: bool) -> Mended:
    """Make good in `gathered` what can be; `unsent` are lost changes by number, each with its record.

    Without every record the county is asked for all of them again.
    """
    changes = remake(gathered, unsent, by.worker, by.at)
    to_fetch = _without_county(gathered)
    again = _from_waiting(gathered)
    if to_fetch or again or not records_sure:
        gathered.rows["cursor"].clear()
    identity = ("device",) not in gathered.rows["meta"]
    if identity:
        _stand_in(gathered, by)
    else:
        _speak_anew(gathered, by.at)
    return Mended(again, to_fetch, changes, identity)


def _without_county(gathered: Gathered) -> frozenset[str]:
    """Rows whose own body is whole while the county's copy behind it is not: the county still has that."""
    found = set()
    for fields in gathered.cut["record"]:
        key = (fields.get("id"),)
        if key in gathered.rows["record"] or not fields.keys() >= set(OWN):
            continue
        gathered.rows["record"][key] = {name: fields[name] for name in OWN} | {"revision": 0}
        found.add(str(fields["id"]))
    return frozenset(found)


def _from_waiting(gathered: Gathered) -> frozenset[str]:
    """Records that the county never had and whose row is gone: their changes hold all of them."""
    bodies: dict[str, Body] = {}
    rows: dict[str, Fields] = {}
    for fields in sorted(gathered.rows["outbox"].values(), key=lambda one: int(str(one["n"]))):
        record = str(fields["record"])
        if (record,) in gathered.rows["record"] or fields.get("seq") is not None:
            continue
        change = change_in(json.loads(str(fields["payload"])))
        if change.verb is Verb.NEW:
            bodies[record] = {}
            rows[record] = {"id": record, "type": change.type, "village": change.village, "deleted": 0}
        if record in bodies:
            bodies[record] |= {name: new for name, (_, new) in change.fields.items()}
    for record, body in bodies.items():
        text = canonical({name: value for name, value in body.items() if value is not None})
        gathered.rows["record"][(record,)] = rows[record] | {"body": text, "revision": 0}
    return frozenset(bodies)


def _stand_in(gathered: Gathered, by: By) -> None:
    """An identity the county does not know, so that the store opens and can be enrolled again."""
    villages = tuple(sorted({str(fields["village"]) for fields in gathered.rows["record"].values()}))
    if not villages:
        return
    worker, name = by.owner or (by.worker, by.name)
    own = DeviceIdentity(
        device=new_id(by.at),
        replica=new_id(by.at),
        key=os.urandom(32),
        server=NO_COUNTY,
        county=villages[0][:6],
        epoch="",
        worker=worker,
        worker_name=name,
        villages=villages,
    )
    raw = {field: base64.b64encode(getattr(own, field)).decode() for field in RAW}
    known = {field: value for field, value in vars(own).items() if field != WAS}
    _put(gathered, "device", {**known, **raw})
    for year, serial in _serials(gathered.rows["record"].values()).items():
        _put(gathered, f"{SERIAL}ticket {year}", serial % SERIALS_PER_DEVICE)
        _put(gathered, "serial_block", serial // SERIALS_PER_DEVICE)


def _speak_anew(gathered: Gathered, at: datetime) -> None:
    """The damaged file may speak to the county again: as of a copy, it hears each of them by its own name."""
    meta = gathered.rows["meta"]
    device = json.loads(str(meta[("device",)]["value"]))
    was = json.loads(str(meta.get((WAS,), {}).get("value") or '""'))
    meta.pop((WAS,), None)
    _put(gathered, WAS, was or device["replica"])
    del meta[("device",)]
    _put(gathered, "device", {**device, "replica": new_id(at)})


def _serials(records: Collection[Fields]) -> dict[int, int]:
    """The highest serial each year's tickets bear, lest a number be given twice."""
    last: dict[int, int] = {}
    for fields in records:
        body = json.loads(str(fields["body"])) if fields["type"] == "ticket" else {}
        digits = str(body.get("number") or "")[2:-1]
        if len(digits) == 22 and digits.isdigit():
            year, serial = int(digits[12:16]), int(digits[16:])
            last[year] = max(last.get(year, 0), serial)
    return last


def _put(gathered: Gathered, key: str, value: Any) -> None:
    fields: Fields = {"key": key, "value": json.dumps(value, ensure_ascii=False)}
    gathered.rows["meta"].setdefault((key,), fields)
