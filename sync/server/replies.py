"""What the county answers one request: receipts, rows, and what is said once in a round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.change import Outcome, Receipt
from app.domain.workdays import china_day
from sync.protocol.messages import EVERYTHING, Exchange, Reply
from sync.server import pages, quarantine
from sync.server.devices import Device
from sync.server.keys_told import keys_for, terms_for
from sync.server.opening import Opening
from sync.server.postgres import Connection
from sync.server.records import Row


@dataclass(frozen=True)
class Taken:
    """What became of the ops: receipts in their order, the ids that had been used for other content, the
    county's last number now, where the replica stands if it moved, and every record as it was written, None
    where some were written otherwise or nothing was."""

    last: int
    receipts: tuple[Receipt, ...] = ()
    reused: tuple[str, ...] = ()
    link: str = ""
    wrote: Iterable[Row] | None = None


def reply(told: Opening, taken: Taken, page: pages.Page, at: datetime, once: dict[str, Any]) -> Reply:
    """The answer; `once` holds what is not said in every one, by field."""
    return Reply(
        epoch=told.standing.epoch,
        receipts=taken.receipts,
        rows=page.rows,
        cursors=page.cursors,
        more=page.more,
        left=page.left,
        now=at,
        durable=told.standing.durable,
        villages=told.villages,
        reused=taken.reused,
        link=taken.link,
        **once,
    )


def page(
    connection: Connection, device: Device, message: Exchange, told: Opening, taken: Taken
) -> pages.Page:
    """The next rows for a device; `told` was asked before anything was written."""
    known = taken.wrote is not None and not told.news(message.cursors)
    after = pages.among(taken.wrote or ()) if known else pages.kept(connection, device.county)
    echo = _echo(device, message, taken.receipts)
    found = pages.page(after, told.scope, message.cursors, taken.last, message.limit, echo)
    if found.more and message.limit:  # whoever still sends is told rows later
        return replace(found, left=pages.left(connection, device.county, found.cursors))
    return found


def settled(
    connection: Connection, message: Exchange, told: Opening, upto: int, page: pages.Page
) -> tuple[Receipt, ...]:
    """The later receipts since what was heard, as far as the page goes: the next is asked for from there.
    `upto` is the number of the last there is."""
    heard = min(message.cursors.values(), default=0)
    reached = min(page.cursors.values(), default=0) if page.more else upto
    return quarantine.settled_since(connection, told.device, heard, reached) if upto > heard else ()


def once(message: Exchange, told: Opening) -> dict[str, Any]:
    """What is said once in a round, in its last answer, beside the digests."""
    return {
        "keys": keys_for(told, message.knows),
        "terms": terms_for(told, message.terms),
        "pack": told.pack,
    }


def withheld(message: Exchange, told: Opening, at: datetime) -> bool:
    """Whether nothing new comes down to this release."""
    return told.terms.withholds(message.app, china_day(at))


def as_heard(message: Exchange, told: Opening) -> pages.Page:
    """Nothing new: every village stays where this device says it stands. No digests go with it, for what it
    holds is not what the county holds, and needs no reading again."""
    return pages.Page((), {code: message.cursors.get(code, 0) for code in told.digests}, more=False)


def _echo(device: Device, message: Exchange, receipts: tuple[Receipt, ...]) -> pages.Echo:
    """What the device can make by itself; where its change was set aside, it may not have seen why."""
    if not message.reads or EVERYTHING in message.need:
        return pages.NO_ECHO
    aside = (
        op.record
        for op, receipt in zip(message.ops, receipts, strict=True)
        if receipt.outcome is not Outcome.APPLIED
    )
    return pages.Echo(device.replica, message.need.union(aside))
