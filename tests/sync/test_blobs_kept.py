"""Files nothing names go after a while, those a person may still ask for stay, and the clerk is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.protocol.errors import Refused
from sync.server import blobs
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, fetch, files_county, hash_of, named, picture, send

__all__ = ["files_county"]


def sweep(county: FilesCounty, days: int) -> int:
    with connect(county.database) as connection:
        return blobs.sweep(connection, county.depot, COUNTY, AT + timedelta(days=days))


def test_what_no_record_names_goes_after_thirty_days_and_no_sooner(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    kept, taken_out, never = (picture(number, 2000) for number in range(3))
    send(MemoryAlbum({"a": kept, "b": taken_out, "c": never}), desk.ledger.identity(), files_county.url)
    notice = desk.new("public_notice", photos=named(hash_of(kept), hash_of(taken_out)))
    desk.sync()
    assert sweep(files_county, 0) == 0
    desk.edit(notice, "public_notice", photos=named(hash_of(kept)))
    desk.sync()
    assert sweep(files_county, 29) == 0
    assert sweep(files_county, 31) == 1  # the one nothing ever named
    assert sweep(files_county, 58) == 0
    assert sweep(files_county, 60) == 1
    assert files_county.kept() == {hash_of(kept): kept}


def test_what_is_named_again_in_time_stays(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    data = picture(1, 2000)
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    assert sweep(files_county, 0) == 0
    desk.new("public_notice", photos=named(hash_of(data)))
    desk.sync()
    assert sweep(files_county, 40) == 0
    assert files_county.kept() == {hash_of(data): data}


def test_a_picture_of_a_change_that_waits_for_a_person_is_kept(files_county: FilesCounty) -> None:
    first, second = Desk(files_county), Desk(files_county, worker="杨桂英")
    data = picture(1, 2000)
    visit = first.new("visit", answers={"photos": []})
    first.sync()
    second.sync()
    first.edit(visit, "visit", answers={"word": "hers"})
    first.sync()
    second.edit(visit, "visit", answers={"photos": named(hash_of(data))})
    send(MemoryAlbum({"a": data}), second.ledger.identity(), files_county.url)
    second.sync()
    sweep(files_county, 0)
    assert sweep(files_county, 40) == 0
    assert files_county.kept() == {hash_of(data): data}


def test_a_file_the_shelf_lost_is_asked_for_again(
    files_county: FilesCounty, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(files_county)
    data = picture(1, 2000)
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    files_county.depot.shelf.drop(COUNTY, hash_of(data))
    with pytest.raises(Refused, match="no_blob"):
        fetch(hash_of(data), desk.ledger.identity(), files_county.url)
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    assert fetch(hash_of(data), desk.ledger.identity(), files_county.url) == data
    caplog.clear()  # the county says what it met


def test_the_clerk_is_told_how_many_pictures_are_still_missing(
    files_county: FilesCounty, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(files_county)
    here, coming = picture(1, 2000), picture(2, 2000)
    desk.new("public_notice", photos=named(hash_of(here), hash_of(coming)))
    desk.sync()
    send(MemoryAlbum({"a": here, "b": picture(3, 2000)}), desk.ledger.identity(), files_county.url)
    where = ["--database", files_county.database, "--county", COUNTY]
    assert main(["photos", "holds", *where]) == 0
    told = capsys.readouterr().out
    assert all(words in told for words in ("收到 2 个", "还没到的 1 个", "没有记录写着的 1 个"))
    assert main(["photos", "sweep", *where]) == 1
    assert main(["photos", "sweep", *where, "--blobs", str(files_county.folder)]) == 0
    assert "清掉了 0 个" in capsys.readouterr().out
