"""What is promised of photos: whole at the county or waiting, and to be seen by whoever sees their record.

P1, after every sending that went through: what a laptop calls sent lies whole at the county.
P2, at rest: nothing waits; every photo that a record or a change set aside names lies whole at the county.
P3, at rest: whoever has the record in her villages can have its photos and their small copies.
What only one disk had when that disk was put back, or a shelf and that disk lost together, is not asked for.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sync.client.blobs import Carrier
from sync.client.http import Transport
from sync.protocol.blobs import named_in
from sync.protocol.errors import Refused
from tests.sync.model import pictures
from tests.sync.model.laptop import Laptop
from tests.sync.model.promises import Diverged, Lost

if TYPE_CHECKING:
    from tests.sync.model.history import History

MOST_READ = 6  # pictures that one laptop asks for at the end: each is some requests


def what_is_sent_is_there(story: History, laptop: Laptop) -> None:
    """P1; a laptop that has not heard yet that the county was put back believes what held before."""
    if laptop.me.epoch != story.shire.epoch():
        return
    waits = {one for one, _ in pictures.waiting(laptop)}
    there = story.shire.files()
    for one in laptop.store.attachments.every():
        if one.id not in waits and one.sha256 not in there:
            raise Lost(f"P1: {laptop.name} calls a photo of {one.record} sent, and the county has not got it")


def every_photo_is_there(story: History) -> None:
    """P2 and P3."""
    if not story.pictures.named:
        return
    for laptop in story.laptops:
        if left := pictures.waiting(laptop):
            raise Lost(f"P2: {len(left)} files still wait at {laptop.name}")
    held = {record: row for record, row in story.shire.held().items() if not row["deleted"]}
    aside = [row["payload"] for row in story.shire.rows("SELECT payload FROM quarantine")]
    named = {one for said in (*(row["body"] for row in held.values()), *aside) for one in named_in(said)}
    there = story.shire.files()
    for one in sorted(named - there - story.pictures.given_up):
        raise Lost(f"P2: {one[:12]} is named and is not at the county")
    for path in story.shire.shelf.glob("*/??/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            raise Lost(f"P2: {path.name[:12]} lies at the county and is not whole")
    for laptop in story.laptops:
        villages = {f"v:{village}" for village in story.shire.scope(laptop.worker)}
        hers = {
            (one, record)
            for record, row in held.items()
            if row["bucket"] in villages
            for one in named_in(row["body"])
            if one in there
        }
        with story.road.transport(laptop.name) as line:
            _is_read(story, laptop, line, sorted(hers))


def _is_read(story: History, laptop: Laptop, line: Transport, hers: list[tuple[str, str]]) -> None:
    carrier = Carrier(line, laptop.me, story.shire.at)
    for one, record in story.random.sample(hers, min(MOST_READ, len(hers))):
        try:
            carrier.fetch(one, lambda _come, _all: None, lambda: False)
        except Refused as refused:
            raise Diverged(
                f"P3: {laptop.name} sees {record} and is refused its photo: {refused}"
            ) from refused
        story.seen["photo read by who sees its record"] += 1
