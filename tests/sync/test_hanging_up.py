"""The figures of a round are those of the line, and whoever hangs up in the middle loses nothing."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from sync.client.blobs import Carrier
from sync.client.http import Transport
from sync.client.progress import Progress
from sync.client.syncer import SyncReport, sync_once
from sync.protocol.blobs import PIECE_BYTES
from sync.server import query
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, files_county, hash_of, picture, send
from tests.sync.line import Line, half_reply
from tests.sync.meter import Meter

__all__ = ["files_county"]
SECONDS = 20


def held(county: County) -> int:
    with connect(county.database) as connection:
        return int(query.holdings(connection, COUNTY)["records"].get("household", 0))


def written(desk: Desk, records: int, seed: int = 7) -> None:
    """So many households with text that does not pack well."""
    chance = random.Random(seed)
    for number in range(records):
        note = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(900))
        desk.new(group="茶园组", door=f"{number}号", note=note)


def hung_up(transport: Transport, line: Meter, work: Callable[[Callable[[], bool]], None]) -> None:
    """`work` on a thread of its own; once the line stands still, this side hangs up."""
    over = threading.Event()
    thread = threading.Thread(target=work, args=(over.is_set,), daemon=True)
    thread.start()
    assert line.still.wait(SECONDS)
    over.set()
    transport.hang_up()
    thread.join(SECONDS)
    assert not thread.is_alive(), "it does not wait for a line that stands still"


def stopped_round(desk: Desk, line: Meter) -> tuple[SyncReport, Transport]:
    found: list[SyncReport] = []
    with Transport(line.url) as transport:
        hung_up(
            transport,
            line,
            lambda over: found.append(sync_once(desk.ledger, transport, at=AT, cancelled=over)),
        )
    return found[0], transport


def test_a_batch_that_is_hung_up_on_the_way_waits_as_before(county_server: County) -> None:
    desk = Desk(county_server)
    written(desk, 80)
    with Meter(county_server.url, still_up=40_000) as line:
        report, transport = stopped_round(desk, line)
        assert (report.stopped, report.sent, report.waiting) == (True, 0, 80)
        assert transport.traffic.up == 0, "what went in vain does not count as sent"
        line.stop()
    assert held(county_server) == 0
    assert desk.sync().done == 80
    assert (held(county_server), desk.ledger.waiting()) == (80, 0)


def test_an_answer_nobody_waited_for_is_given_again(county_server: County) -> None:
    desk = Desk(county_server)
    written(desk, 20)
    with Meter(county_server.url, still_down=1) as line:
        report, _ = stopped_round(desk, line)
        assert (report.stopped, report.waiting) == (True, 20)
        line.stop()
    assert desk.sync().done == 20
    assert (held(county_server), desk.ledger.waiting()) == (20, 0)


def test_a_photo_that_is_hung_up_within_a_piece_comes_whole_later(files_county: FilesCounty) -> None:
    desk, data = Desk(files_county), picture(1, 3 * PIECE_BYTES)
    with Meter(files_county.url, still_up=90_000) as line, Transport(line.url) as transport:
        carrier, ended = Carrier(transport, desk.ledger.identity(), AT), []
        hung_up(
            transport,
            line,
            lambda over: ended.append(carrier.send(hash_of(data), data, 0, lambda _come: None, over)),
        )
        assert ended == [False]
        line.stop()
    album = MemoryAlbum({"a": data})
    send(album, desk.ledger.identity(), files_county.url)
    assert files_county.kept() == {hash_of(data): data}


def told(desk: Desk, url: str) -> tuple[list[Progress], Transport]:
    said: list[Progress] = []
    with Transport(url) as transport:
        sync_once(desk.ledger, transport, at=AT, progress=said.append)
    return said, transport


def test_one_batch_is_told_to_the_byte_before_it_goes(county_server: County) -> None:
    desk = Desk(county_server)
    written(desk, 5)
    with Line(county_server.url) as line:
        said, transport = told(desk, line.url)
        sizes = [size for _, size in line.requests]
    assert (said[0].sent, said[0].total, said[0].of_up) == (0, 5, sizes[0])
    assert (said[-1].sent, said[-1].received, said[-1].cuts) == (5, 5, 0)
    assert transport.traffic.settled == said[-1].of_up == sum(sizes)
    assert transport.traffic.down > 0


def test_many_batches_are_told_about_right_from_the_first(county_server: County) -> None:
    desk = Desk(county_server)
    written(desk, 400)
    with Line(county_server.url) as line:
        said, transport = told(desk, line.url)
        sizes = [size for _, size in line.requests]
    assert len(sizes) > 3
    assert [one.sent for one in said] == sorted(one.sent for one in said)
    assert abs(said[0].of_up - sum(sizes)) < sum(sizes) / 10
    assert transport.traffic.settled == said[-1].of_up == sum(sizes)


def test_the_line_that_broke_is_counted(county_server: County) -> None:
    desk = Desk(county_server)
    written(desk, 3)
    with Line(county_server.url).then(half_reply) as line:
        said, _ = told(desk, line.url)
    assert said[-1].cuts == 1


def test_what_is_new_here_is_there_before_anything_big_has_come(county_server: County) -> None:
    colleague, desk = Desk(county_server, worker="杨桂英"), Desk(county_server)
    written(colleague, 200)
    colleague.sync()
    desk.new(group="茶园组", door="新的")
    with Meter(county_server.url, still_down=6_000) as line:
        report, _ = stopped_round(desk, line)
        assert (report.received, held(county_server)) == (0, 201)
        line.stop()
    assert desk.sync().received >= 200
