"""Filling a store with ten years: told through the domain, saved in bulk, answered by the county."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.actions.desk import Desk
from app.domain.change import Incoming, Outcome, Receipt
from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.record import Record, to_body
from app.domain.tickets.ticket import SERIALS_PER_DEVICE, ticket_number
from app.domain.visits.visit import Visit
from demo.village.cast import Cast
from demo.village.telling import Teller
from demo.village.years import shares
from demo.village.years.matters import Matters
from demo.village.years.rounds import Rounds

AT_ONCE = 1_000  # records in one transaction
AT_HOME = 0.81  # of all visits, as `Rounds` draws them
FILES_FOR = timedelta(days=600)  # the sealed files of younger photographs lie beside the store
Say = Callable[[int, int], None]


@dataclass(frozen=True)
class Size:
    """About how much happened in ten years. Photos need a desk with a folder for files; 0 leaves them out."""

    tickets: int = 3_000
    visits: int = 12_000
    photos: int = 20_000


DECADE = Size()


@dataclass(frozen=True)
class Filled:
    """How many records of each kind were saved; `photos` without their thumbnails."""

    counts: dict[str, int]
    photos: int


def fill(desk: Desk, size: Size = DECADE, *, seed: int = 2016, say: Say = lambda done, total: None) -> Filled:
    """Ten years up to yesterday for the village in `desk`'s store; the same for the same seed.

    Everything is saved as a worker's own, then answered by the county as received, so that nothing of it
    waits. Raises ValueError when photos are asked for and the desk has no folder for files.
    """
    told = _Told(desk, size, seed)
    records = list(told.records())
    for done in range(0, len(records), AT_ONCE):
        some = records[done : done + AT_ONCE]
        with desk.unit("history") as unit:
            for record in some:
                unit.save(record)
        _answer(desk, some, done)
        say(done + len(some), len(records))
    taken = told.pictures()
    with desk.unit("history"):
        for row in taken:
            desk.store.attachments.put(row)
    counts: dict[str, int] = {}
    for record in records:
        counts[record.TYPE] = counts.get(record.TYPE, 0) + 1
    return Filled(counts, sum(not row.thumb_of for row in taken))


def _answer(desk: Desk, saved: Sequence[Record], revision: int) -> None:
    """The county has them all and says so, as after a sync."""
    ledger, at = desk.store.ledger, desk.now
    rows = [
        Incoming(one.id, one.TYPE, one.village, revision + number, False, to_body(one))
        for number, one in enumerate(saved, 1)
    ]
    receipts = [
        Receipt(change.id, Outcome.APPLIED, revision + number)
        for number, change in enumerate(ledger.outgoing(2**62), 1)
    ]
    ledger.settle(receipts, rows, ledger.cursors(), desk.store.meta.get("epoch") or "e", at)


class _Told:
    """Visits first: what was found at a door becomes a ticket of that visit."""

    def __init__(self, desk: Desk, size: Size, seed: int) -> None:
        self.desk, self.size, self.on = desk, size, desk.today
        self.rng = random.Random(seed)
        self._last_id = 0
        self._serials: dict[int, int] = {}
        reading = desk.store.reading
        self.cast = Cast(reading.each(Household), reading.each(Person))
        worker = (desk.worker, desk.worker_name)
        self.teller = Teller(self.cast, worker, self._new_id, self._number)
        self.matters = Matters(self.teller, self.rng, self.on, desk.calendar)
        self.rounds = Rounds(self.cast, self.rng, worker, self._new_id)
        self._camera = self._with_camera() if size.photos else None
        self._owed = 0.0  # photos, by chance of a visit

    def records(self) -> Iterator[Record]:
        """All of them in the order they came to be."""
        size, share = self.size, dict(shares.CHANNELS)["visit"] / 100
        found_at_doors = size.tickets * share / max(size.visits, 1) * 1.15  # some doors stay shut
        left = size.tickets
        every: list[Record] = []
        for home, day, listed in self.rounds.plan(self.on, size.visits):
            told = self._at_the_door if left and self.rng.random() < found_at_doors else self._nothing
            before = len(self.teller.tickets)
            every.append(self.rounds.go(home, day, listed=listed, told=told))
            left -= len(self.teller.tickets) - before
        others = [name for name in shares.CHANNELS if name != "visit"]
        weights = [shares.CHANNELS[name] for name in others]
        people = [one for one in self._grown()]
        for number in range(left):
            day = self.on - timedelta(days=1 + (left - 1 - number) * 3650 // max(left, 1))
            at = shares.moment(self.rng, day)
            self.matters.tell(self.rng.choice(people), at, self.rng.choices(others, weights)[0])
        every += [*self.teller.tickets.values(), *self.teller.events, *self.teller.followups]
        yield from sorted(every, key=lambda one: one.id)

    def pictures(self) -> list[Any]:
        """The rows of every picture that was taken, and of its thumbnail."""
        return self._camera.made if self._camera else []

    def _grown(self) -> Iterator[Person]:
        for home in self.cast.homes.values():
            if (who := self.cast.at_home(home)) is not None:
                yield who

    def _nothing(self, who: Person, visit: Visit) -> dict[str, Any]:
        return self._photos(visit)

    def _at_the_door(self, who: Person, visit: Visit) -> dict[str, Any]:
        ticket = self.matters.tell(who, visit.started_at + timedelta(minutes=8), "visit", visit.id)
        finding = {"words": ticket.request, "items": list(ticket.items), "ticket": ticket.id}
        finding |= (
            {"disposition": ticket.disposition.value} if ticket.disposition else {"disposition": "instant"}
        )
        return {"findings": [finding], **self._photos(visit)}

    def _photos(self, visit: Visit) -> dict[str, Any]:
        if self._camera is None:
            return {}
        self._owed += self.size.photos / self.size.visits / AT_HOME
        count, names = int(self._owed), ("together", "house", "hardship", "other")
        self._owed -= count
        taken = [self._camera.take(visit.id, visit.started_at) for _ in range(count)]
        return {
            "photos": [
                {"id": one.id, "sha256": one.sha256, "category": names[number % len(names)]}
                for number, one in enumerate(taken)
            ]
        }

    def _with_camera(self) -> Any:
        if self.desk.files is None:
            raise ValueError("photos need a folder for files")
        from demo.village.years.pictures import Camera  # Qt is loaded only where pictures are drawn

        return Camera(self.desk.files, self.rng, self._new_id, self.desk.now - FILES_FOR)

    def _new_id(self, at: datetime) -> str:
        """A UUIDv7 as `ids.new_id` makes them, but the same for the same seed, and each after the last."""
        made = int(at.timestamp() * 1000) << 80 | 7 << 76 | 1 << 63 | self.rng.getrandbits(62)
        return str(UUID(int=made))

    def _number(self, at: datetime) -> str:
        meta = self.desk.store.meta
        first = int(meta.get("serial_block") or 0) * SERIALS_PER_DEVICE
        return ticket_number(self.desk.village, at.year, first + meta.next_serial(f"ticket {at.year}"))
