"""Requests that bring something, in one transaction under the county's lock: group commit.

Of all that a push costs, its transaction costs the most: the wait for the lock, the flush to the disk, and
every way to the database and back. Requests that wait at the same time share one. Each is judged in turn,
after what was judged before it, so whether they share or not is seen by nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.change import Receipt
from sync.protocol.errors import BUSY, CURSOR_AHEAD, READ_ONLY, Refused
from sync.protocol.messages import Exchange, Op, Reply
from sync.server import (
    at_hand,
    batch,
    county,
    digests,
    judging,
    lives,
    opening,
    oplog,
    quarantine,
    replicas,
    replies,
    witness,
)
from sync.server.at_hand import AtHand
from sync.server.devices import Device
from sync.server.opening import Opening
from sync.server.oplog import Entry
from sync.server.postgres import Connection
from sync.server.records import Row
from sync.server.replies import Taken

READ_TOGETHER = 500  # rows read for all who share, while others wait for the lock
Key = tuple[str, bytes]  # of an op: its id and its hash

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What a device that has proved itself says, as the file it is (`replicas.present`)."""

    device: Device
    message: Exchange


@dataclass(frozen=True)
class Turn:
    """One request while it is worked on: what its device was told first, which of its ops the log does not
    hold yet, and where its replica stands after it."""

    asked: Asked
    told: Opening
    fresh: Sequence[Op]
    stand: replicas.Stand

    @property
    def device(self) -> Device:
        return self.asked.device

    @property
    def message(self) -> Exchange:
        return self.asked.message


@dataclass(frozen=True)
class Judged:
    """What the transaction wrote: receipts by op, the entries of each turn, every record as it was written,
    the number given last, the one under which a quarantined change was settled, and what each village adds up
    to now."""

    receipts: Mapping[Key, Receipt]
    entries: Mapping[str, Sequence[Entry]]
    wrote: Iterable[Row]
    last: int
    settled: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)


def brings(message: Exchange) -> bool:
    """Whether a request has anything to be written."""
    return bool(message.ops or message.copies or message.differ)


def prepare(message: Exchange) -> None:
    """Reckon now what would be reckoned while others wait for the lock."""
    for op in message.ops:
        oplog.hash_of(op)  # it is kept with the op


def together(
    connection: Connection,
    place: str,
    waiting: Callable[[], Sequence[Asked]],
    clock: Callable[[], datetime],
) -> list[Reply | Refused]:
    """The answers to all who are `waiting` once the county's lock is had, in their order.

    They are of different devices of the county `place`, none with `copies`. One that is refused has written
    nothing, and the others go on; but where one has heard more than the county ever said, nobody writes.
    Raises whatever ends the transaction.
    """
    with connection.pipeline() as pipeline, connection.transaction():
        county.lock(connection, place)
        pipeline.sync()  # it is had
        asked, at = waiting(), clock()
        ask = at_hand.ask(connection, place, [op for one in asked for op in one.message.ops])
        openings, hand = opening.of_each(connection, [one.device for one in asked]), ask()
        openings = [_as_it_came(one, told) for one, told in zip(asked, openings, strict=True)]
        turns = _if_open(connection, asked, _turns(connection, asked, openings, hand), at)
        heard = [turn for turn in turns if isinstance(turn, Turn)]
        judged = _judge(connection, heard, hand, at)
        judged = replace(judged, sums=_sums(connection, place, heard))
        read = _read(connection, heard, judged, at)
    # What needs no reading is told when the others have the lock.
    return [
        turn if isinstance(turn, Refused) else read.get(id(turn)) or _answer(connection, turn, judged, at)
        for turn in turns
    ]


def one(connection: Connection, device: Device, message: Exchange, at: datetime) -> Reply:
    """The answer to a single request, which may bring `copies`. Raises Refused, and nothing was written."""
    asked, place = Asked(device, message), device.county
    with connection.pipeline(), connection.transaction():
        county.lock(connection, place)
        ask = at_hand.ask(connection, place, message.ops)
        told = opening.of(connection, device)
        lives.same(connection, place, told.standing, message)
        let_in = 0
        if message.copies:
            brought = witness.adopt(connection, device, message.copies, told.scope, at)
            let_in = quarantine.let_in(connection, place, brought, at)
            ask = at_hand.ask(connection, place, message.ops)
            # A copy that was taken has a number of its own.
            told = replace(told, standing=county.standing(connection, place))
        hand = ask()
        (turn,) = _turns(connection, [asked], [told], hand)
        if isinstance(turn, Refused):
            raise turn
        judged = _judge(connection, [turn], hand, at)
        judged = replace(judged, settled=max(judged.settled, let_in), sums=_sums(connection, place, [turn]))
        return _answer(connection, turn, judged, at)


def _as_it_came(asked: Asked, told: Opening | Refused) -> Opening | Refused:
    """The same, unless another file was put back in place of this one while it waited: it comes again."""
    if isinstance(told, Opening) and told.main != asked.device.replica:
        return Refused(BUSY, "another file goes on in its place")
    return told


def _turns(
    connection: Connection, asked: Sequence[Asked], openings: Sequence[Opening | Refused], hand: AtHand
) -> list[Turn | Refused]:
    """What of each request is new, in order. Whoever speaks of other numbers or from elsewhere is refused;
    whoever was stopped while she waited comes again to hear of it."""
    seen: set[Key] = set(hand.known.receipts)
    turns: list[Turn | Refused] = []
    for one, told in zip(asked, openings, strict=True):
        try:
            if isinstance(told, Refused):
                raise told
            if told.revoked:
                raise Refused(BUSY, "stopped while it waited")
            lives.same(connection, one.device.county, told.standing, one.message)
            fresh = _fresh(one.message.ops, seen)
            stand = replicas.follow(told.links.get(one.device.replica), one.message, list(fresh.values()))
        except Refused as refused:
            turns.append(refused)
            continue
        seen.update(fresh)
        turns.append(Turn(one, told, tuple(fresh.values()), stand))
    return turns


def _fresh(ops: Iterable[Op], seen: set[Key]) -> dict[Key, Op]:
    """The ops the log does not hold yet, each once, in order."""
    fresh: dict[Key, Op] = {}
    for op in ops:
        if (key := _key(op)) not in seen:
            fresh.setdefault(key, op)
    return fresh


def _if_open(
    connection: Connection, asked: Sequence[Asked], turns: list[Turn | Refused], at: datetime
) -> list[Turn | Refused]:
    """The same, unless one of them has heard more than the county ever said: then the alarm is raised before
    anybody else can be given those numbers again."""
    ahead = False
    for one, turn in zip(asked, turns, strict=True):
        if isinstance(turn, Refused) and turn.refusal is CURSOR_AHEAD:
            lives.watch(connection, one.device, turn, at)
            ahead = True
    if not ahead:
        return turns
    shut = Refused(READ_ONLY, "an alarm raised beside it")
    return [turn if isinstance(turn, Refused) else shut for turn in turns]


def _judge(connection: Connection, turns: Sequence[Turn], hand: AtHand, at: datetime) -> Judged:
    """Gives every new op its verdict, and writes all of it."""
    fresh = [op for turn in turns for op in turn.fresh]
    receipts = dict(hand.known.receipts)
    last = turns[0].told.standing.last if turns else 0
    if not fresh:
        return Judged(receipts, {}, (), last)
    device = turns[0].device
    work = batch.begin(connection, device, (), fresh, hand, at, last)
    entries = {}
    for turn in turns:
        begun = len(work.entries)
        contained = witness.contained(connection, device.county, turn.fresh, turn.message.former)
        work.turn(turn.device, turn.told.scope, turn.told.worker_name, contained)
        for op in turn.fresh:
            judging.judge(work, op)
        entries[turn.device.device] = theirs = [one for one in work.entries[begun:] if not one.own]
        receipts |= {_key(one.op): Receipt(one.op.id, one.outcome, one.seq, one.reason) for one in theirs}
    batch.finish(work)
    replicas.note(connection, [(turn.device, turn.stand) for turn in turns])
    for turn in turns:
        theirs = entries[turn.device.device]
        witness.note_former(connection, device.county, theirs, turn.message.former)
    last += len(work.entries)
    return Judged(receipts, entries, tuple(work.touched.values()), last, last if work.settled else 0)


def _sums(connection: Connection, place: str, turns: Sequence[Turn]) -> dict[str, int]:
    wanted = sorted({bucket for turn in turns if turn.message.reads for bucket in turn.told.scope})
    return digests.digests_of(connection, place, wanted) if wanted else {}


def _reads(turn: Turn, judged: Judged) -> bool:
    """Whether the database is asked once more for the answer, which has to be under the lock."""
    heard = min(turn.message.cursors.values(), default=0)
    later = max(turn.told.settled, judged.settled) > heard
    return later or bool(turn.message.differ) or turn.told.news(turn.message.cursors)


def _read(connection: Connection, turns: Sequence[Turn], judged: Judged, at: datetime) -> dict[int, Reply]:
    """The answers for which the database is asked once more, by the identity of their turns. What is read
    while others wait is bounded: whoever is cut short comes again for it, and waits for nobody then."""
    read, left = {}, READ_TOGETHER
    for turn in turns:
        if _reads(turn, judged):
            bound = min(turn.message.limit, left) if len(turns) > 1 else turn.message.limit
            asked = replace(turn.asked, message=replace(turn.message, limit=bound))
            read[id(turn)] = answer = _answer(connection, replace(turn, asked=asked), judged, at)
            left -= len(answer.rows)
    return read


def _answer(connection: Connection, turn: Turn, judged: Judged, at: datetime) -> Reply:
    device, message, told = turn.device, turn.message, turn.told
    digests.note_divergence(connection, device, message.differ, at)
    taken = _taken(turn, judged)
    withheld = replies.withheld(message, told, at)
    heard = replies.as_heard(message, told) if withheld else None
    page = heard or replies.page(connection, device, message, told, taken)
    upto = max(told.settled, judged.settled)
    once: dict[str, Any] = {"settled": replies.settled(connection, message, told, upto, page)}
    if not page.more:
        once |= replies.once(message, told)
        if message.reads and not withheld:
            once["digests"] = {code: judged.sums[code] for code in told.digests}
    return replies.reply(told, taken, page, at, once)


def _taken(turn: Turn, judged: Judged) -> Taken:
    given = tuple(judged.receipts[_key(op)] for op in turn.message.ops)
    theirs = judged.entries.get(turn.device.device, ())
    reused = tuple(one.op.id for one in theirs if one.reason == "op_id_reuse")
    if reused:
        log.error("device %s used %d op ids again for other content", turn.device.device, len(reused))
    return Taken(
        judged.last,
        given,
        reused,
        turn.stand.link,
        None if turn.message.copies else judged.wrote,
    )


def _key(op: Op) -> Key:
    return op.id, oplog.hash_of(op)
