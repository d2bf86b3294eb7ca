"""One exchange at the county: the batch is judged and logged, then the device hears what is new.

Everything of one request is one transaction. Nothing a worker typed is refused: each op gets one of
four outcomes and a number of its own, and what is not applied is kept whole beside the record. A release too
old for the county's terms is heard like any other; only nothing new comes down to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sync.protocol.messages import Exchange, Reply
from sync.server import lives, opening, pages, replicas, replies, writing
from sync.server.devices import Device
from sync.server.opening import Opening
from sync.server.postgres import Connection
from sync.server.replies import Taken


def exchange(
    connection: Connection, device: Device, message: Exchange, at: datetime, told: Opening | None = None
) -> Reply:
    """Takes in the ops and answers with receipts and the next rows. Raises Refused for the whole.

    `told` is what the device's opening question was just answered with, where it was asked already.
    """
    device = replicas.present(connection, device, message, at)
    with lives.watched(connection, device, at):
        if writing.brings(message):
            return writing.one(connection, device, message, at)
        told = told or opening.of(connection, device)
        lives.same(connection, device.county, told.standing, message)
        replicas.follow(told.links.get(device.replica), message, ())
        if not is_new(message, told, at):
            return _nothing_new(connection, message, told, at)
        return _read(connection, device, message, at)


def is_new(message: Exchange, told: Opening, at: datetime) -> bool:
    """Whether there is anything to read for a device that brings nothing."""
    return told.news(message.cursors) and not replies.withheld(message, told, at)


def _nothing_new(connection: Connection, message: Exchange, told: Opening, at: datetime) -> Reply:
    """The answer most exchanges get: one snapshot has said it all."""
    page = pages.Page((), dict.fromkeys(told.digests, told.standing.last), more=False)
    once: dict[str, Any] = {**replies.once(message, told), "digests": _digests(message, told)}
    once["settled"] = replies.settled(connection, message, told, told.settled, page)
    if replies.withheld(message, told, at):
        page, once["digests"] = replies.as_heard(message, told), {}
    return replies.reply(told, Taken(told.standing.last), page, at, once)


def _read(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """Pages for a reader, who needs one snapshot for all that is said together."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        told = opening.of(connection, device)
        lives.same(connection, device.county, told.standing, message)
        taken = Taken(told.standing.last)
        page = replies.page(connection, device, message, told, taken)
        once: dict[str, Any] = {"settled": replies.settled(connection, message, told, told.settled, page)}
        if not page.more:
            once |= {**replies.once(message, told), "digests": _digests(message, told)}
    return replies.reply(told, taken, page, at, once)


def _digests(message: Exchange, told: Opening) -> dict[str, int]:
    return told.digests if message.reads else {}
