"""A stick between a desk and its county: written, taken in, answered and read back."""

from __future__ import annotations

from sync.client import stick
from sync.client.stick import Made, Taken
from sync.server import sticks
from sync.server.blobs import Depot
from sync.server.postgres import connect
from sync.server.sticks import Answered
from tests.sync.county import AT, County
from tests.sync.desk import Desk
from tests.sync.files import MemoryAlbum
from tests.sync.test_exchange import conflicts, held


def written(desk: Desk, album: MemoryAlbum | None = None) -> list[Made]:
    """The files a worker carries away."""
    return list(stick.make(desk.ledger, album or MemoryAlbum(), "0.1.0", at=AT))


def at_county(county: County, raw: bytes, depot: Depot | None = None) -> Answered:
    """What the clerk's computer makes of one."""
    with connect(county.database) as connection:
        return sticks.take_in(connection, raw, depot, AT)


def read_back(desk: Desk, raw: bytes, album: MemoryAlbum | None = None) -> Taken:
    return stick.take(desk.ledger, album or MemoryAlbum(), raw, at=AT)


def carried(desk: Desk, county: County) -> Taken:
    """There and back."""
    (made,) = written(desk)
    return read_back(desk, at_county(county, made.data).answer)


class Week:
    """Two workers, a stick with every file ever written on it, and a line, in any order."""

    def __init__(self, county: County) -> None:
        self.mine, self.theirs = Desk(county), Desk(county, worker="田大山")
        self._replica = self.mine.ledger.identity().replica
        self._county = county
        self._houses: list[str] = []
        self._files: list[bytes] = []
        self._answers: list[bytes] = []

    def edit(self) -> None:
        self._houses.append(self.mine.new(group="茶园组", door=f"{len(self._houses)}号"))

    def other(self) -> None:
        self.theirs.new(group="茶园组")
        self.theirs.sync()

    def write(self) -> None:
        self._files += [made.data for made in written(self.mine)]

    def county(self) -> None:
        for raw in self._files[:2]:  # the oldest first
            self._answers.append(at_county(self._county, raw).answer)

    def read(self) -> None:
        for raw in self._answers[-2:] + self._answers[:1]:
            read_back(self.mine, raw)

    def line(self) -> None:
        self.mine.sync()

    def holds(self, cursors: dict[str, int]) -> None:
        now = self.mine.ledger.cursors()
        assert all(now.get(village, 0) >= seq for village, seq in cursors.items())
        assert all(self.mine.sees(house) for house in self._houses)

    def end(self) -> None:
        for raw in reversed(self._files):
            self._answers.append(at_county(self._county, raw).answer)
        for raw in self._answers:
            read_back(self.mine, raw)
        report = self.mine.sync()
        assert (report.reread, report.apart) == ((), False)
        self.edit()
        assert not self.mine.sync().apart
        assert self.mine.ledger.identity().replica == self._replica, "one laptop is never taken for two"
        self.theirs.sync()
        assert set(self._houses) <= set(held(self._county))
        for house in {*self.mine.ledger.rows, *self.theirs.ledger.rows}:
            assert self.mine.sees(house) == self.theirs.sees(house)
        assert conflicts(self._county) == []
