"""Two real computers with real sealed files, for stories of pictures between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.actions import far_files
from app.actions.desk import Desk
from app.actions.registers import notices, pictures
from app.actions.visits import photos
from app.domain.people.person import Person
from app.domain.photo import Photo
from app.store import Store
from sync.client.blobs import Carried, Carrier, Waiting, send_all
from sync.client.http import Transport
from sync.client.syncer import sync_once
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, household, person
from tests.sync.county import AT, TEA, County
from tests.sync.files import FilesCounty
from tests.unit.actions.test_register_pictures import SHEET
from tests.unit.pictures.shots import noise, saved


@dataclass(frozen=True)
class StoreAlbum:
    """The files of one desk, as the sender sees them."""

    desk: Desk

    def unsent(self, limit: int) -> Sequence[Waiting]:
        return [Waiting(one.id, one.sha256, one.size) for one in far_files.next_to_send(self.desk, limit)]

    def content(self, attachment: str) -> bytes:
        return far_files.to_send(self.desk, attachment)

    def sent(self, attachments: Sequence[str]) -> None:
        far_files.sent(self.desk, attachments)


def computer(folder: Path, county: County, worker: str = "向海燕") -> Desk:
    """Enrolled, with an empty store."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "store.db", KEY, create=True)
    desk = replace(desk_on(store, Clock()), files=folder / "attachments")
    store.meta.set_device(county.enrol(TEA, worker=worker).identity)
    return desk


@pytest.fixture
def first(files_county: FilesCounty, tmp_path: Path) -> Iterator[Desk]:
    """A computer with real files of a county that keeps them."""
    desk = computer(tmp_path / "first", files_county)
    yield desk
    desk.store.close()


def computer_again(folder: Path) -> Desk:
    """The computer of `folder` after its program was closed, or killed."""
    store = Store(folder / "store.db", KEY)
    identity = store.meta.device()
    desk = replace(desk_on(store, Clock()), files=folder / "attachments")
    store.meta.set_device(identity)
    return desk


def sync(desk: Desk, url: str) -> None:
    with Transport(url) as transport:
        sync_once(desk.store.ledger, transport, at=AT)


def carry(desk: Desk, url: str, cancelled: Callable[[], bool] = lambda: False) -> Carried:
    """Send what waits."""
    with Transport(url) as transport:
        carrier = Carrier(transport, desk.store.ledger.identity(), AT)
        return send_all(StoreAlbum(desk), carrier, cancelled=cancelled)


def fetched(desk: Desk, wanted: far_files.Wanted, url: str) -> None:
    with Transport(url) as transport:
        carrier = Carrier(transport, desk.store.ledger.identity(), AT)
        data = carrier.fetch(wanted.sha256, lambda _come, _all: None, lambda: False)
    far_files.keep(desk, wanted, data)


def notice_with(desk: Desk, width: int = 640) -> tuple[str, Photo]:
    """A notice with one picture on its board."""
    if desk.store.reading.find(Person, GRANNY) is None:
        with desk.unit("roster") as unit:
            unit.save(household())
            unit.save(person())
    notice = notices.post(desk, SHEET)
    taken = pictures.add(desk, notice.id, photos.develop(saved(noise(width, 480))), category="posted")
    pictures.keep(desk, notice.id, (), (taken,))
    return notice.id, taken
