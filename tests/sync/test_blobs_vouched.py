"""Whoever sees a record can have its photo: whoever else had the same, whatever became of her villages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import far_files
from app.actions.desk import Desk as Table
from app.actions.registers import pictures
from app.domain.registers.public_notice import PublicNotice
from sync.protocol.errors import NO_BLOB, Refused
from sync.server import blobs, county
from sync.server.postgres import connect
from tests.sync.albums import carry, computer, fetched, notice_with, sync
from tests.sync.county import AT, BRIDGE, COUNTY, TEA
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, fetch, files_county, hash_of, named, picture, send
from tests.sync.yesterday import Yesterday

__all__ = ["files_county"]


@pytest.fixture
def first(files_county: FilesCounty, tmp_path: Path) -> Iterator[Table]:
    table = computer(tmp_path / "first", files_county)
    yield table
    table.store.close()


@pytest.fixture
def second(files_county: FilesCounty, tmp_path: Path) -> Iterator[Table]:
    table = computer(tmp_path / "second", files_county, "杨桂英")
    yield table
    table.store.close()


def rescope(served: FilesCounty, desk: Desk, *villages: str) -> None:
    with connect(served.database) as connection:
        county.set_scope(connection, COUNTY, desk.ledger.identity().worker, villages)


def test_one_who_had_no_need_to_send_it_has_brought_it_to_her_villages(files_county: FilesCounty) -> None:
    data = picture()
    one, both, other = (
        Desk(files_county, TEA),
        Desk(files_county, TEA, BRIDGE, worker="杨桂英"),
        Desk(files_county, BRIDGE, worker="田大山"),
    )
    one.new("public_notice", photos=named(hash_of(data)))
    one.sync()
    send(MemoryAlbum({"a": data}), one.ledger.identity(), files_county.url)
    both.new("public_notice", village=BRIDGE, photos=named(hash_of(data)))
    both.sync()
    assert send(MemoryAlbum({"b": data}), both.ledger.identity(), files_county.url).sent == 0
    assert fetch(hash_of(data), other.ledger.identity(), files_county.url) == data


def test_a_photo_comes_to_its_village_after_its_worker_left_that(files_county: FilesCounty) -> None:
    data = picture()
    left, stays = Desk(files_county, TEA), Desk(files_county, TEA, worker="杨桂英")
    left.new("public_notice", photos=named(hash_of(data)))
    left.sync()
    rescope(files_county, left, BRIDGE)
    send(MemoryAlbum({"a": data}), left.ledger.identity(), files_county.url)
    assert fetch(hash_of(data), stays.ledger.identity(), files_county.url) == data


def test_sending_it_again_from_another_village_takes_it_from_nobody(files_county: FilesCounty) -> None:
    data = picture()
    one, stays = Desk(files_county, TEA), Desk(files_county, TEA, worker="杨桂英")
    send(MemoryAlbum({"a": data}), one.ledger.identity(), files_county.url)
    stays.new("public_notice", photos=named(hash_of(data)))
    stays.sync()
    rescope(files_county, one, BRIDGE)
    for kept in files_county.folder.glob("4*/??/*"):
        kept.unlink()  # the county was put back without it, and asks for it anew
    send(MemoryAlbum({"a": data}), one.ledger.identity(), files_county.url)
    assert fetch(hash_of(data), stays.ledger.identity(), files_county.url) == data


def test_a_photo_comes_to_what_a_colleague_brought_back_after_its_worker_left(
    files_county: FilesCounty,
) -> None:
    data, yesterday = picture(), Yesterday(files_county)
    left, stays = Desk(files_county, TEA), Desk(files_county, TEA, worker="杨桂英")
    left.new("public_notice", photos=named(hash_of(data)))
    for desk in (left, stays):
        desk.sync()
    yesterday.back()
    rescope(files_county, left, BRIDGE)
    left.sync()  # her own word on it is set aside now
    stays.sync()  # and the record comes back from here
    send(MemoryAlbum({"a": data}), left.ledger.identity(), files_county.url)
    assert fetch(hash_of(data), stays.ledger.identity(), files_county.url) == data


def test_naming_it_where_she_may_not_write_brings_it_nowhere(files_county: FilesCounty) -> None:
    data = picture()
    one, other = Desk(files_county, TEA), Desk(files_county, BRIDGE, worker="田大山")
    one.new("public_notice", village=BRIDGE, photos=named(hash_of(data)))
    one.sync()  # set aside: it is not her village
    send(MemoryAlbum({"a": data}), one.ledger.identity(), files_county.url)
    other.new("public_notice", village=BRIDGE, photos=named(hash_of(data)))
    other.sync()
    with pytest.raises(Refused) as refused:
        fetch(hash_of(data), other.ledger.identity(), files_county.url)
    assert refused.value.refusal is NO_BLOB


def test_a_photo_that_went_long_before_its_record_comes_again_with_it(
    files_county: FilesCounty, first: Table, second: Table
) -> None:
    notice, taken = notice_with(first)
    carry(first, files_county.url)  # the line went before the record had gone
    assert far_files.waiting(first).files == 0
    with connect(files_county.database) as connection:
        for days in (0, 31):  # nothing names it for a month
            blobs.sweep(connection, files_county.depot, COUNTY, AT + timedelta(days=days))
    assert files_county.kept() == {}
    sync(first, files_county.url)
    carry(first, files_county.url)
    sync(second, files_county.url)
    wanted = far_files.missing(second, notice, second.store.reading.get(PublicNotice, notice).photos)
    assert [one.sha256 for one in wanted] == [taken.thumb]
    fetched(second, wanted[0], files_county.url)
    assert pictures.small(second, notice) == pictures.small(first, notice)
