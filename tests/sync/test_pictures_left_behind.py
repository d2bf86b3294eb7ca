"""Photos of a family that is no longer ours leave the computer, once nobody can need them from it."""

from __future__ import annotations

from pathlib import Path

from app.actions import attachments, far_files
from app.actions.desk import Desk
from app.domain.registers.public_notice import PublicNotice
from app.store.drafts import Draft
from sync.server import moves, people
from sync.server.postgres import connect
from tests.sync.albums import carry, computer, fetched, first, notice_with, sync
from tests.sync.county import BRIDGE, COUNTY, TEA
from tests.sync.files import FilesCounty, files_county

__all__ = ["files_county", "first"]


def take_tea_away(county: FilesCounty) -> None:
    with connect(county.database) as connection:
        people.assign(connection, COUNTY, "向海燕", (BRIDGE,), (TEA,))


def backed_up(county: FilesCounty, desk: Desk, times: int = 3) -> None:
    """The county makes backups, each proven, and the computer hears of each."""
    for back in reversed(range(times)):
        with connect(county.database) as connection:
            connection.execute("UPDATE sequence SET durable = last - %s", (back,))
        sync(desk, county.url)


def files_of(desk: Desk) -> int:
    assert desk.files is not None
    return len(list(desk.files.glob("*/*.bin")))


def here(desk: Desk, notice: str) -> bool:
    return desk.store.reading.find(PublicNotice, notice) is not None


def test_photos_of_a_village_taken_away_go_when_the_county_has_them_for_good(
    files_county: FilesCounty, first: Desk
) -> None:
    notice, _ = notice_with(first)
    sync(first, files_county.url)
    backed_up(files_county, first)
    take_tea_away(files_county)
    sync(first, files_county.url)
    sync(first, files_county.url)
    assert not here(first, notice)
    assert carry(first, files_county.url).files == 2, "they go up without their record"
    backed_up(files_county, first, 2)
    assert (attachments.let_go(first), files_of(first)) == (0, 2), "no backup need hold them yet"
    backed_up(files_county, first)
    assert (attachments.let_go(first), files_of(first)) == (2, 0)
    assert attachments.let_go(first) == 0
    assert len(files_county.kept()) == 2


def test_photos_of_what_moved_to_another_village_go_too(files_county: FilesCounty, first: Desk) -> None:
    notice, _ = notice_with(first)
    sync(first, files_county.url)
    carry(first, files_county.url)
    with connect(files_county.database) as connection:
        moves.move_record(connection, COUNTY, notice, BRIDGE)
    sync(first, files_county.url)
    assert not here(first, notice)
    backed_up(files_county, first)
    assert (attachments.let_go(first), files_of(first)) == (2, 0)


def test_photos_another_took_go_with_their_village(
    files_county: FilesCounty, first: Desk, tmp_path: Path
) -> None:
    other = computer(tmp_path / "other", files_county, "杨桂英")
    notice, taken = notice_with(other)
    sync(other, files_county.url)
    carry(other, files_county.url)
    other.store.close()
    sync(first, files_county.url)
    fetched(first, far_files.Wanted(taken.id, notice, taken.sha256, small=False), files_county.url)
    take_tea_away(files_county)
    sync(first, files_county.url)
    assert (attachments.let_go(first), files_of(first)) == (1, 0)


def test_photos_of_a_draft_and_of_what_is_still_ours_stay(files_county: FilesCounty, first: Desk) -> None:
    notice, _ = notice_with(first)
    sync(first, files_county.url)
    carry(first, files_county.url)
    made = attachments.add(first, "a draft", b"photo", kind="photo", media="image/jpeg")
    far_files.sent(first, [made.id])
    first.store.drafts.save(Draft("a draft", "visit", "", {}, first.now))
    backed_up(files_county, first)
    assert (attachments.let_go(first), here(first, notice), files_of(first)) == (0, True, 3)
