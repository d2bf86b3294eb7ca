"""A file comes to the county whole or not at all, goes on where it stopped, and is given to nobody else."""

from __future__ import annotations

import pytest

from sync.client.blobs import Carrier
from sync.client.http import Transport
from sync.client.keys import signed
from sync.protocol import blobs as wire
from sync.protocol.blobs import PIECE_BYTES, Piece, Standing
from sync.protocol.errors import (
    BAD_SIGNATURE,
    BLOB_DAMAGED,
    NO_BLOB,
    NO_ROOM,
    NO_SHELF,
    REVOKED,
    TOO_LARGE,
    Refused,
    TooLarge,
)
from sync.server import blobs, devices
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, TEA, County
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, fetch, files_county, hash_of, named, picture, send

__all__ = ["files_county"]


def put(county: FilesCounty, desk: Desk, data: bytes, piece: Piece, sha256: str = "") -> Standing:
    """One piece by hand."""
    with Transport(county.url) as transport:
        carrier = Carrier(transport, desk.ledger.identity(), AT)
        return carrier._put(sha256 or hash_of(data), data[piece.offset :][:PIECE_BYTES], piece)


def test_what_one_computer_sent_the_other_of_the_village_sees(files_county: FilesCounty) -> None:
    first, second = Desk(files_county, worker="向海燕"), Desk(files_county, worker="杨桂英")
    data = picture(1, 3 * PIECE_BYTES + 17)
    album = MemoryAlbum({"a": data})
    tally = send(album, first.ledger.identity(), files_county.url)
    assert (tally.files, tally.of_files, tally.sent, album.done) == (1, 1, len(data), ["a"])
    assert files_county.kept() == {hash_of(data): data}
    first.new("public_notice", photos=named(hash_of(data)))
    first.sync()
    assert fetch(hash_of(data), second.ledger.identity(), files_county.url) == data


def test_the_record_may_come_long_before_its_picture(files_county: FilesCounty) -> None:
    first, second = Desk(files_county), Desk(files_county, worker="杨桂英")
    data = picture()
    first.new("public_notice", photos=named(hash_of(data)))
    first.sync()
    with pytest.raises(Refused) as refused:
        fetch(hash_of(data), second.ledger.identity(), files_county.url)
    assert refused.value.refusal is NO_BLOB
    assert "还没传到县里" in refused.value.words
    send(MemoryAlbum({"a": data}), first.ledger.identity(), files_county.url)
    assert fetch(hash_of(data), second.ledger.identity(), files_county.url) == data


def test_a_hash_says_nothing_to_who_may_not_have_the_file(files_county: FilesCounty) -> None:
    owner, stranger = Desk(files_county, TEA), Desk(files_county, BRIDGE, worker="外村的")
    data = picture()
    owner.new("public_notice", photos=named(hash_of(data)))
    owner.sync()
    send(MemoryAlbum({"a": data}), owner.ledger.identity(), files_county.url)
    with Transport(files_county.url) as transport:
        carrier = Carrier(transport, stranger.ledger.identity(), AT)
        there, nowhere = hash_of(data), hash_of(b"never sent")
        assert carrier.standings([there, nowhere]) == dict.fromkeys([there, nowhere], Standing(0, False))
    with pytest.raises(Refused, match="no_blob"):
        fetch(hash_of(data), stranger.ledger.identity(), files_county.url)


def test_writing_a_hash_into_a_record_of_her_own_gets_nobody_the_file(files_county: FilesCounty) -> None:
    owner, stranger = Desk(files_county, TEA), Desk(files_county, BRIDGE, worker="外村的")
    data = picture()
    send(MemoryAlbum({"a": data}), owner.ledger.identity(), files_county.url)
    stranger.new("public_notice", village=BRIDGE, photos=named(hash_of(data)))
    stranger.sync()
    with pytest.raises(Refused, match="no_blob"):
        fetch(hash_of(data), stranger.ledger.identity(), files_county.url)
    send(MemoryAlbum({"a": data}), stranger.ledger.identity(), files_county.url)  # she had it all along
    assert fetch(hash_of(data), stranger.ledger.identity(), files_county.url) == data
    assert files_county.kept() == {hash_of(data): data}  # and it is kept once


def test_a_piece_is_taken_only_where_the_last_one_ended(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    data = picture(1, 3000)
    assert put(files_county, desk, data[:1000], Piece(0, 3000, False), hash_of(data)) == Standing(1000, False)
    for offset in (0, 999, 1001):
        length = 3000 if offset + 1000 < 3000 else 4000
        with Transport(files_county.url) as transport:
            carrier = Carrier(transport, desk.ledger.identity(), AT)
            told = carrier._put(hash_of(data), data[:1000], Piece(offset, length, False))
        assert told == Standing(1000, False)
    assert files_county.coming() == [1000]


def test_a_damaged_file_is_thrown_away_and_sent_again(
    files_county: FilesCounty, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(files_county)
    data = picture(1, 3000)
    with pytest.raises(Refused) as refused:
        put(files_county, desk, picture(2, 3000), Piece(0, 3000, True), hash_of(data))
    assert refused.value.refusal is BLOB_DAMAGED
    assert (files_county.kept(), files_county.coming()) == ({}, [])
    put(files_county, desk, picture(2, 1000), Piece(0, 3000, False), hash_of(data))  # a bad beginning
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    assert files_county.kept() == {hash_of(data): data}
    caplog.clear()  # the county says what it met


@pytest.mark.parametrize("cut", [1, 15_999, 16_000, 99_999])
def test_it_goes_on_from_wherever_the_county_was_cut(files_county: FilesCounty, cut: int) -> None:
    desk = Desk(files_county)
    data = picture()
    put(files_county, desk, data[:cut], Piece(0, len(data), False), hash_of(data))
    files_county.restart()
    tally = send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    assert tally.sent == len(data)
    assert files_county.kept() == {hash_of(data): data}
    assert files_county.coming() == []


def test_a_part_that_lost_its_end_with_the_power_goes_on_from_what_is_left(
    files_county: FilesCounty, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(files_county)
    data = picture()
    put(files_county, desk, data[:50_000], Piece(0, len(data), False), hash_of(data))
    (part,) = (files_county.folder / "coming").glob("*")
    part.write_bytes(data[:20_000] + bytes(10_000))  # what some disks make of it
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    assert files_county.kept() == {hash_of(data): data}
    caplog.clear()  # the county says what it met


def test_a_computer_that_may_not_speak_brings_and_gets_nothing(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    data = picture()
    send(MemoryAlbum({"a": data}), desk.ledger.identity(), files_county.url)
    with connect(files_county.database) as connection:
        devices.revoke(connection, desk.ledger.identity().device, AT)
    with pytest.raises(Refused) as refused:
        send(MemoryAlbum({"b": picture(2)}), desk.ledger.identity(), files_county.url)
    assert refused.value.refusal is REVOKED
    with pytest.raises(Refused, match="device_revoked"):
        fetch(hash_of(data), desk.ledger.identity(), files_county.url)


def test_what_a_piece_says_of_itself_is_signed_with_it(
    files_county: FilesCounty, caplog: pytest.LogCaptureFixture
) -> None:
    who = Desk(files_county).ledger.identity()
    data = picture(1, 2000)
    path = wire.path_of(hash_of(data))
    fields = {"Content-Type": wire.PIECE_TYPE, **wire.piece_headers(Piece(0, 2000, True))}
    headers = signed("PATCH", path, data, who.device, who.key, AT, fields, wire.PATCH_COVERS)
    forged = {**headers, **wire.piece_headers(Piece(0, 4000, False))}
    bare = signed("PATCH", path, data, who.device, who.key, AT, fields)
    with Transport(files_county.url) as transport:
        for wrong in (forged, bare):
            with pytest.raises(Refused) as refused:
                transport.ask("PATCH", path, data, wrong, _raise)
            assert refused.value.refusal is BAD_SIGNATURE
    assert files_county.coming() == []
    caplog.clear()  # the county says what it met


def _raise(response: object, body: bytes) -> None:
    from sync.client.http import refused

    raise refused(response.status_code, body)  # type: ignore[attr-defined]  # a response


def test_head_says_how_far_one_is(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    who, data = desk.ledger.identity(), picture(1, 3000)
    path = wire.path_of(hash_of(data))

    def head() -> Standing:
        headers = signed("HEAD", path, b"", who.device, who.key, AT, {})
        with Transport(files_county.url) as transport:
            return transport.ask("HEAD", path, b"", headers, lambda told, _: wire.read_standing(told.headers))

    assert head() == Standing(0, False)
    put(files_county, desk, data[:1000], Piece(0, 3000, False), hash_of(data))
    assert head() == Standing(1000, False)
    send(MemoryAlbum({"a": data}), who, files_county.url)
    assert head() == Standing(3000, True)


def test_a_file_beyond_the_bound_is_refused_before_it_comes(files_county: FilesCounty) -> None:
    desk = Desk(files_county)
    data = picture(1, 1000)
    with pytest.raises((Refused, TooLarge)) as refused:
        put(files_county, desk, data, Piece(0, wire.BLOB_BYTES + 1, False))
    assert refused.value.refusal is TOO_LARGE
    assert files_county.coming() == []


def test_who_brings_what_nothing_names_comes_to_an_end(
    files_county: FilesCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "UNNAMED_BYTES", 150_000)
    desk = Desk(files_county)
    album = MemoryAlbum({str(number): picture(number) for number in range(3)})
    with pytest.raises(Refused) as refused:
        send(album, desk.ledger.identity(), files_county.url)
    assert refused.value.refusal is NO_ROOM
    assert album.done == ["0", "1"]
    for number in range(2):
        desk.new("public_notice", photos=named(hash_of(picture(number))))
    desk.sync()
    send(album, desk.ledger.identity(), files_county.url)
    assert album.done == ["0", "1", "2"]


def test_a_full_disk_takes_nothing_and_says_so(
    files_county: FilesCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(files_county)
    monkeypatch.setattr("sync.server.blobs_shelf.SPARE_BYTES", 1 << 60)
    with pytest.raises(Refused, match="no_room") as refused:
        send(MemoryAlbum({"a": picture()}), desk.ledger.identity(), files_county.url)
    assert "照片都在这台电脑里" in refused.value.words


def test_a_county_without_a_shelf_says_so(county_server: County) -> None:
    desk = Desk(county_server)
    with pytest.raises(Refused) as refused:
        send(MemoryAlbum({"a": picture()}), desk.ledger.identity(), county_server.url)
    assert refused.value.refusal is NO_SHELF
