"""What an exchange costs a village line, every byte of it counted on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.record import to_body
from demo.village import generate
from sync.client.http import Transport
from sync.client.syncer import SyncReport, sync_once
from tests.sync.county import AT, County
from tests.sync.desk import Desk
from tests.sync.meter import Meter

IDLE_BYTES = 600
TEN_EDITS_BYTES = 1_200
CUT_BYTES = 64 * 1024


@pytest.fixture
def meter(county_server: County) -> Iterator[Meter]:
    with Meter(county_server.url) as meter:
        yield meter


class Worker:
    """A desk on a metered line that remembers between rounds what the county was heard to read."""

    def __init__(self, county: County, meter: Meter) -> None:
        self.desk, self._meter, self._speaks = Desk(county), meter, 0

    def round(self) -> SyncReport:
        self._meter.restart()
        with Transport(self._meter.url, app="0.1.0", speaks=self._speaks) as transport:
            report = sync_once(self.desk.ledger, transport, at=AT)
            self._speaks = transport.speaks
        return report


@pytest.fixture
def worker(county_server: County, meter: Meter) -> Worker:
    return Worker(county_server, meter)


def test_an_exchange_with_nothing_to_do_is_a_few_hundred_bytes(worker: Worker, meter: Meter) -> None:
    worker.desk.new(group="茶园组", door="3号")
    worker.round()
    assert worker.round().exchanges == 1
    assert meter.connections == 1
    assert 200 < meter.bytes <= IDLE_BYTES


def test_ten_edits_go_up_in_one_small_request(worker: Worker, meter: Meter) -> None:
    people = generate().people[100:110]
    made = [worker.desk.new("person", **to_body(person)) for person in people]
    worker.round()
    for number, record in enumerate(made):
        worker.desk.edit(record, "person", phone=f"154{number:08}")
    report = worker.round()
    assert (report.sent, report.exchanges, report.waiting) == (10, 1, 0)
    assert meter.connections == 1
    assert meter.up <= TEN_EDITS_BYTES


def test_what_was_sent_does_not_come_back_whole(worker: Worker, meter: Meter) -> None:
    worker.round()
    for number in range(200):
        worker.desk.new(group="茶园组", door=f"{number}号", note="门口有一口老井，路不好走。" * 8)
    report = worker.round()
    assert (report.sent, report.received) == (200, 200)
    assert meter.down < 200 * 40


def test_many_requests_share_one_connection(worker: Worker, meter: Meter) -> None:
    for number in range(600):
        worker.desk.new(group="茶园组", door=f"{number}号", note="记" * 200)
    assert worker.round().exchanges > 2
    assert meter.connections == 1


def test_a_cut_costs_no_more_than_one_batch_again(worker: Worker, meter: Meter) -> None:
    village = generate()
    for person in village.people[:1200]:
        worker.desk.new("person", **to_body(person))
    meter.cut_after = 30_000
    with Transport(meter.url, app="0.1.0", speaks=1) as transport:
        report = sync_once(worker.desk.ledger, transport, at=AT)
    assert (report.sent, report.waiting) == (1200, 0)
    broken = meter.up
    other = Worker(county=worker.desk._county, meter=meter)
    for person in village.people[:1200]:
        other.desk.new("person", **to_body(person))
    meter.restart()
    with Transport(meter.url, app="0.1.0", speaks=1) as transport:
        sync_once(other.desk.ledger, transport, at=AT)
    assert broken - meter.up <= CUT_BYTES
