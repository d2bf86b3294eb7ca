"""`python -m demo.dictionary OUT`: train the dictionary messages are packed with on a fictional village.

A dictionary that was shipped is never trained again: messages name it, and old devices hold the old one.
A better one comes as the next number beside it (`sync.protocol.packing.DICTIONARIES`).
"""

from __future__ import annotations

import argparse
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from backports import zstd

from app.domain import mark
from app.domain.change import Change, Incoming, Outcome, Receipt, Verb
from app.domain.record import Body, Json, Record, to_body
from app.domain.tickets.ticket import ticket_number
from app.domain.workdays import CHINA, PLAIN
from app.files import write_whole
from demo.village import generate, place, story
from demo.village.cast import Cast
from demo.village.past import Calendar, happened
from sync.protocol import codec
from sync.protocol.ids_apart import set_apart
from sync.protocol.limits import ROWS
from sync.protocol.messages import FORM, KNOWS_ESCROW, KNOWS_PACK_KEY, Exchange, Reply
from sync.protocol.wire import op_of

SIZE = 32 * 1024  # what is looked through again for every message; twice as much saved 1 % more
LEVEL = 12
ROUNDS = 160  # of one message of each size
OPS = (0, 1, 1, 2, 3, 5, 10)


@dataclass(frozen=True)
class Written:
    """One record of the village, as the county will hold it, and the change that makes it."""

    change: Change
    body: Body


def written(seed: int, on: date) -> list[Written]:
    """Everything one seed's village writes for its county, in order; the same seed gives the same ids."""
    rng = random.Random(seed)
    clock = _Ids(rng, datetime.combine(on, time(9), CHINA) + timedelta(seconds=rng.randrange(8 * 3600)))
    village = generate(seed, on)
    numbers = iter(range(1, 10_000))
    worker = clock.new(clock.at)
    past = happened(
        Cast(village.households, village.people),
        Calendar(on, PLAIN),
        (worker, story.WORKER.name),
        number=lambda at: ticket_number(village.code, at.year, next(numbers)),
        new_id=clock.new,
    )
    records: list[Record] = [*village.households, *village.people, *past]
    return [_new(record, worker, clock) for record in records]


def samples(seed: int, on: date = story.ON) -> Iterator[bytes]:
    """Texts of small requests and answers, with their ids set apart as they are when packed."""
    rng = random.Random(seed)
    all_written = written(seed, on)
    for _ in range(ROUNDS):
        for count in OPS:
            some = rng.sample(all_written, count)
            edits = [_edited(one, rng) if rng.random() < 0.4 else one.change for one in some]
            at = some[0].change.at if some else datetime.combine(on, time(9), CHINA)
            for packed in _exchange(edits, some, at, rng):
                yield set_apart(zlib.decompress(packed, 31))[0]


class _Ids:
    """UUIDv7 from one seed, and a clock that goes on a little with each."""

    def __init__(self, rng: random.Random, at: datetime) -> None:
        self._rng, self.at = rng, at

    def new(self, at: datetime) -> str:
        self.at += timedelta(milliseconds=self._rng.randrange(2, 4000))
        high = int(at.timestamp() * 1000) << 16 | 0x7000 | self._rng.getrandbits(12)
        return str(UUID(int=high << 64 | 1 << 63 | self._rng.getrandbits(62)))


def _new(record: Record, worker: str, clock: _Ids) -> Written:
    body = to_body(record)
    fields: dict[str, tuple[Json, Json]] = {name: (None, value) for name, value in body.items()}
    change = Change(
        clock.new(clock.at), record.id, record.TYPE, record.village, Verb.NEW, fields, clock.at, worker
    )
    return Written(change, body)


def _edited(one: Written, rng: random.Random) -> Change:
    """A change of a few fields, as a worker corrects a record."""
    names = rng.sample(sorted(one.body), min(len(one.body), rng.randrange(1, 4)))
    fields: dict[str, tuple[Json, Json]] = {name: (one.body[name], one.body[name]) for name in names}
    verb = Verb.MOVE if one.change.type == "ticket" and "state" in fields else Verb.EDIT
    return replace(one.change, verb=verb, fields=fields)


def _exchange(
    changes: Sequence[Change], come: Sequence[Written], at: datetime, rng: random.Random
) -> tuple[bytes, bytes]:
    """A request with `changes`, and an answer that brings `come`, some of them as echoes."""
    village, first = come[0].change.village if come else place.VILLAGE, rng.randrange(1, 60_000)
    epoch, replica = f"{rng.getrandbits(64):016x}", _Ids(rng, at).new(at)
    request = Exchange(
        replica,
        epoch,
        tuple(op_of(change) for change in changes),
        {village: first},
        ROWS,
        "0.1.0",
        reads=FORM,
        knows=KNOWS_ESCROW + KNOWS_PACK_KEY,
    )
    rows = [_row(one, first + n, rng) for n, one in enumerate(come, 1)]
    last = first + len(rows)
    told: dict[str, Any] = {"villages": {village: "青石垭村"}, "pack": f"2026.{rng.randrange(1, 13)}"}
    outcomes = rng.choices(list(Outcome), [30, 1, 1, 1], k=len(changes))
    receipts = tuple(
        Receipt(change.id, outcome, first + n)
        for n, (change, outcome) in enumerate(zip(changes, outcomes, strict=True), 1)
    )
    digests = {village: rng.getrandbits(64)}
    reply = Reply(epoch, receipts, tuple(rows), {village: last}, False, at, digests=digests, **told)
    return codec.encode_exchange(request), codec.encode_reply(reply, FORM)


def _row(one: Written, revision: int, rng: random.Random) -> Incoming:
    change = one.change
    echo = mark.of_body(one.body) if rng.random() < 0.5 else ""
    return Incoming(change.record, change.type, change.village, revision, False, one.body, echo=echo)


def train(seeds: Sequence[int], number: int) -> bytes:
    """The content of dictionary `number`, which is the id written in every frame it packs."""
    texts = [text for seed in seeds for text in samples(seed)]
    trained = zstd.finalize_dict(zstd.train_dict(texts, SIZE), texts, SIZE, LEVEL)
    content = bytearray(trained.dict_content)
    content[4:8] = number.to_bytes(4, "little")  # the place of the id in the format (RFC 8878 §5)
    return bytes(content)


def main(arguments: list[str] | None = None) -> int:
    """Write the dictionary. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo.dictionary", description=__doc__)
    parser.add_argument("out", type=Path, help="the file to write; an existing one is replaced")
    parser.add_argument("--number", type=int, required=True, help="of the dictionary, from 1 to 255")
    options = parser.parse_args(arguments)
    write_whole(options.out, train((1, 2, 3), options.number))
    print(f"{options.out}: {options.out.stat().st_size}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
