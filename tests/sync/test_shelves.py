"""Both shelves keep the same promises: a folder, and a bucket of a real S3-compatible store on loopback."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from app.domain.problem import Offline, UserError
from sync.protocol.errors import Refused
from sync.server import blobs_s3, running
from sync.server.__main__ import main
from sync.server.blobs import Depot
from sync.server.blobs_s3 import Bucket
from sync.server.blobs_shelf import Away, Folder, Parts, Shelf
from tests.sync.county import AT, COUNTY
from tests.sync.desk import Desk
from tests.sync.files import FilesCounty, MemoryAlbum, fetch, files_county, hash_of, picture, send

__all__ = ["files_county"]


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a store with one bucket, `photos`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        address, port = server.get_host_and_port()
        url = f"http://{address}:{port}"
        blobs_s3._client(Bucket("photos", endpoint=url)).create_bucket(Bucket="photos")
        yield url
        server.stop()


@pytest.fixture(params=["folder", "bucket"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    if request.param == "folder":
        return Folder(tmp_path / "shelf")
    return Bucket("photos", "civil/", request.getfixturevalue("store"))


def kept(shelf: Shelf, folder: Path, data: bytes) -> str:
    file = folder / "come"
    file.write_bytes(data)
    shelf.put(COUNTY, hash_of(data), file)
    return hash_of(data)


def test_what_was_put_is_read_again_whole_and_in_part(shelf: Shelf, tmp_path: Path) -> None:
    data = picture(1, 300_000)
    name = kept(shelf, tmp_path, data)
    assert shelf.has(COUNTY, name)
    assert shelf.read(COUNTY, name, 0, len(data)) == data
    assert shelf.read(COUNTY, name, 299_990, 100) == data[-10:]
    assert shelf.read(COUNTY, name, 300_000, 10) == b""
    assert kept(shelf, tmp_path, data) == name  # once more is the same


def test_what_is_not_there_is_said_so(shelf: Shelf) -> None:
    name = hash_of(b"never put")
    assert not shelf.has(COUNTY, name)
    with pytest.raises(FileNotFoundError):
        shelf.read(COUNTY, name, 0, 10)
    shelf.drop(COUNTY, name)


def test_what_was_dropped_is_gone_and_another_countys_stays(shelf: Shelf, tmp_path: Path) -> None:
    name = kept(shelf, tmp_path, b"one picture")
    file = tmp_path / "again"
    file.write_bytes(b"one picture")
    shelf.put("439902", name, file)
    shelf.drop(COUNTY, name)
    assert not shelf.has(COUNTY, name)
    assert shelf.has("439902", name)
    shelf.drop("439902", name)


def test_a_shelf_is_handed_to_every_worker(shelf: Shelf) -> None:
    assert pickle.loads(pickle.dumps(shelf)).has(COUNTY, hash_of(b"x")) is False  # noqa: S301  # our own


@dataclass
class BucketCounty(FilesCounty):
    """Its files lie in a bucket."""

    store: str = ""

    @property
    def depot(self) -> Depot:
        return Depot(Bucket("photos", "served/", self.store), Parts(self.folder / "coming"))


@pytest.fixture
def far_county(files_county: FilesCounty, store: str) -> BucketCounty:
    files_county.running.stop()
    made = BucketCounty(files_county.database, files_county.running, files_county.folder, store=store)
    made.start()
    files_county.running = made.running
    return made


def test_a_file_goes_on_where_it_was_cut_and_lands_in_the_bucket(far_county: BucketCounty) -> None:
    identity = Desk(far_county).ledger.identity()
    data = picture(2, 700_000)
    half = far_county.depot.parts
    half.add(identity.device, hash_of(data), 0, data[:300_000])  # what came before the line was cut
    far_county.restart()
    carried = send(MemoryAlbum({"a": data}), identity, far_county.url)
    far_county.running.stop()
    far_county.start()
    assert (carried.files, carried.of_files) == (1, 1)
    assert fetch(hash_of(data), identity, far_county.url) == data
    assert far_county.coming() == []
    far_county.running.stop()


def test_a_store_that_is_away_loses_nothing(
    files_county: FilesCounty, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    away = Bucket("photos", endpoint=nowhere)
    with pytest.raises(Away, match="EndpointConnectionError"):
        away.reach()
    identity = Desk(files_county).ledger.identity()
    data, album = picture(3, 2000), MemoryAlbum({"a": picture(3, 2000)})
    files_county.running.stop()
    depot = Depot(away, Parts(files_county.folder / "coming"))
    files_county.running = running.start(files_county.database, clock=lambda: AT, depot=depot)
    with pytest.raises((Refused, Offline)):
        send(album, identity, files_county.url)
    assert album.done == []
    assert caplog.text.count("the shelf cannot be reached")
    caplog.clear()
    files_county.restart()
    send(album, identity, files_county.url)
    assert fetch(hash_of(data), identity, files_county.url) == data


@pytest.mark.parametrize(
    ("place", "more", "said"),
    [
        ("s3://", (), "s3://桶名"),
        ("s3://photos", ("--s3-endpoint", "minio:9000"), "不是网址"),
        ("s3://photos", (), "--coming"),
    ],
)
def test_a_wrong_address_is_said_in_words(
    county_database: str, capsys: pytest.CaptureFixture[str], place: str, more: tuple[str, ...], said: str
) -> None:
    coming = () if said == "--coming" else ("--coming", "x")
    where = ("--database", county_database, "--county", COUNTY)
    assert main(["photos", "sweep", *where, "--blobs", place, *more, *coming]) == 1
    assert said in capsys.readouterr().err


def test_without_the_library_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(blobs_s3, "_errors", missing)
    with pytest.raises(UserError, match="pip install"):
        blobs_s3.bucket_at("s3://photos")
