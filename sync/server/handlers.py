"""One exchange at the county: the batch is judged and logged, then the device hears what is new.

Everything of one request is one transaction. Nothing a worker typed is refused: each op gets one of
four outcomes and a number of its own, and what is not applied is kept whole beside the record. A release too
old for the county's terms is heard like any other; only nothing new comes down to it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.change import Outcome, Receipt
from app.domain.workdays import china_day
from sync.protocol.messages import EVERYTHING, Exchange, Op, Reply
from sync.server import (
    at_hand,
    batch,
    county,
    digests,
    judging,
    lives,
    opening,
    oplog,
    pages,
    quarantine,
    records,
    replicas,
    witness,
)
from sync.server.at_hand import AtHand, Known
from sync.server.devices import Device
from sync.server.keys_told import keys_for, terms_for
from sync.server.opening import Opening
from sync.server.postgres import Connection

log = logging.getLogger(__name__)


def exchange(
    connection: Connection, device: Device, message: Exchange, at: datetime, told: Opening | None = None
) -> Reply:
    """Takes in the ops and answers with receipts and the next rows. Raises Refused for the whole.

    `told` is what the device's opening question was just answered with, where it was asked already.
    """
    device = replicas.present(connection, device, message, at)
    with lives.watched(connection, device, at):
        if message.ops or message.copies or message.differ:
            return _written(connection, device, message, at)
        told = told or opening.of(connection, device)
        lives.same(connection, device.county, told.standing, message)
        replicas.follow(connection, device, told.links.get(device.replica), message, ())
        if not told.news(message.cursors) or _withheld(message, told, at):
            return _nothing_new(connection, message, told, at)
        return _read(connection, device, message, at)


def _nothing_new(connection: Connection, message: Exchange, told: Opening, at: datetime) -> Reply:
    """The answer most exchanges get: one snapshot has said it all."""
    page = pages.Page((), dict.fromkeys(told.digests, told.standing.last), more=False)
    once: dict[str, Any] = {**_once(message, told), "digests": _digests(message, told)}
    once["settled"] = _settled(connection, message, told, told.settled, page)
    if _withheld(message, told, at):
        page, once["digests"] = _as_heard(message, told), {}
    return _reply(told, Taken(told.standing.last), page, at, once)


def _read(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Pages for a reader, who needs one snapshot for all that is said together."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        told = opening.of(connection, device)
        lives.same(connection, device.county, told.standing, message)
        taken = Taken(told.standing.last)
        page = _page(connection, device, message, told, taken)
        once: dict[str, Any] = {"settled": _settled(connection, message, told, told.settled, page)}
        if not page.more:
            once |= {**_once(message, told), "digests": _digests(message, told)}
    return _reply(told, taken, page, at, once)


def _written(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Receipts and pages for a writer, who needs to see what was committed while it waited for the lock:
    so each statement looks anew (READ COMMITTED). In a pipeline, for all others wait for the lock."""
    with connection.pipeline(), connection.transaction():
        county.lock(connection, device.county)
        hand = at_hand.ask(connection, device.county, message.ops)
        told = opening.of(connection, device)
        lives.same(connection, device.county, told.standing, message)
        settled = told.settled
        if message.copies:
            brought = witness.adopt(connection, device, message.copies, told.scope, at)
            settled = max(settled, quarantine.let_in(connection, device.county, brought, at))
            hand = at_hand.ask(connection, device.county, message.ops)
        taken = _take_in(connection, device, message, told, hand(), at)
        digests.note_divergence(connection, device, message.differ, at)
        withheld = _withheld(message, told, at)
        heard = _as_heard(message, told) if withheld else None
        page = heard or _page(connection, device, message, told, taken)
        settled = max(settled, taken.settled)
        once: dict[str, Any] = {"settled": _settled(connection, message, told, settled, page)}
        if not page.more:
            once |= _once(message, told)
            if message.reads and not withheld:  # after what was written just now
                once["digests"] = digests.digests_of(connection, device.county, told.scope)
    return _reply(told, taken, page, at, once)


@dataclass(frozen=True)
class Taken:
    """What became of the ops: receipts in their order, the ids that had been used for other content, the
    county's last number now, the last with which a quarantined change was settled, where the replica stands
    if it moved, and every record as it was written, unless some were written otherwise."""

    last: int
    receipts: tuple[Receipt, ...] = ()
    reused: tuple[str, ...] = ()
    settled: int = 0
    link: str = ""
    wrote: tuple[records.Row, ...] = ()


def _reply(told: Opening, taken: Taken, page: pages.Page, at: datetime, once: dict[str, Any]) -> Reply:
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


def _page(
    connection: Connection, device: Device, message: Exchange, told: Opening, taken: Taken
) -> pages.Page:
    alone = taken.wrote and not told.news(message.cursors)
    after = pages.among(taken.wrote) if alone else pages.kept(connection, device.county)
    echo = _echo(device, message, taken.receipts)
    page = pages.page(after, told.scope, message.cursors, taken.last, message.limit, echo)
    if page.more and message.limit:  # whoever still sends is told rows later
        return replace(page, left=pages.left(connection, device.county, page.cursors))
    return page


def _settled(
    connection: Connection, message: Exchange, told: Opening, settled: int, page: pages.Page
) -> tuple[Receipt, ...]:
    """The later receipts since what was heard, as far as the page goes: the next is asked for from there."""
    heard = min(message.cursors.values(), default=0)
    upto = min(page.cursors.values(), default=0) if page.more else settled
    return quarantine.settled_since(connection, told.device, heard, upto) if settled > heard else ()


def _once(message: Exchange, told: Opening) -> dict[str, Any]:
    """What is said once in a round, in its last answer, beside the digests."""
    return {
        "keys": keys_for(told, message.knows),
        "terms": terms_for(told, message.terms),
        "pack": told.pack,
    }


def _withheld(message: Exchange, told: Opening, at: datetime) -> bool:
    return told.terms.withholds(message.app, china_day(at))


def _as_heard(message: Exchange, told: Opening) -> pages.Page:
    """Nothing new: every village stays where this device says it stands. No digests go with it, for what it
    holds is not what the county holds, and needs no reading again."""
    return pages.Page((), {code: message.cursors.get(code, 0) for code in told.digests}, more=False)


def _digests(message: Exchange, told: Opening) -> dict[str, int]:
    return told.digests if message.reads else {}


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


def _take_in(
    connection: Connection, device: Device, message: Exchange, told: Opening, hand: AtHand, at: datetime
) -> Taken:
    ops = message.ops
    # A copy that was taken has a number of its own.
    last = county.standing(connection, device.county).last if message.copies else told.standing.last
    known = hand.known
    fresh = _fresh(ops, known)
    link = replicas.follow(connection, device, told.links.get(device.replica), message, fresh)
    if not fresh:
        return Taken(last, tuple(known.receipts[op.id, oplog.hash_of(op)] for op in ops), link=link)
    work = batch.begin(connection, device, told.scope, fresh, hand, at, last, told.worker_name)
    work.contained = witness.contained(connection, device.county, fresh, message.former)
    for op in fresh:
        judging.judge(work, op)
    batch.finish(work)
    witness.note_former(connection, device.county, work.entries, message.former)
    receipts = dict(known.receipts)
    entries = [entry for entry in work.entries if entry.origin is None]
    for entry in entries:
        receipts[entry.op.id, oplog.hash_of(entry.op)] = Receipt(
            entry.op.id, entry.outcome, entry.seq, entry.reason
        )
    reused = tuple(entry.op.id for entry in entries if entry.reason == "op_id_reuse")
    if reused:
        log.error("device %s used %d op ids again for other content", device.device, len(reused))
    last += len(work.entries)
    given = tuple(receipts[op.id, oplog.hash_of(op)] for op in ops)
    wrote = () if message.copies else tuple(work.touched.values())
    return Taken(last, given, reused, last if work.settled else 0, link, wrote)


def _fresh(ops: tuple[Op, ...], known: Known) -> list[Op]:
    """The ops the log does not hold yet, each once, in order."""
    seen = set(known.receipts)
    fresh = []
    for op in ops:
        key = (op.id, oplog.hash_of(op))
        if key not in seen:
            seen.add(key)
            fresh.append(op)
    return fresh
