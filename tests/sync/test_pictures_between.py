"""A picture one computer took is seen on the next one, small first; what waits outlives every accident."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import attachments, far_files
from app.actions.desk import Desk
from app.actions.registers import pictures
from app.actions.visits import photos, visits
from app.domain.problem import UserError
from app.domain.registers.public_notice import PublicNotice
from app.store.files_waiting import FilesLeft
from app.vault.files import Damaged
from sync.client.http import LoginPage
from tests.facts import HOME, household, person
from tests.sync.albums import carry, computer, computer_again, fetched, first, notice_with, sync
from tests.sync.county import AT
from tests.sync.files import FilesCounty, files_county
from tests.sync.line import Line, says
from tests.unit.pictures.shots import noise, saved

__all__ = ["files_county", "first"]


@pytest.fixture
def second(files_county: FilesCounty, tmp_path: Path) -> Iterator[Desk]:
    desk = computer(tmp_path / "second", files_county, "杨桂英")
    yield desk
    desk.store.close()


def here(desk: Desk, notice: str) -> PublicNotice:
    return desk.store.reading.get(PublicNotice, notice)


def test_a_second_computer_sees_the_small_copy_and_then_the_whole_picture(
    files_county: FilesCounty, first: Desk, second: Desk
) -> None:
    notice, taken = notice_with(first)
    sync(first, files_county.url)
    assert far_files.waiting(first).files == 2
    assert carry(first, files_county.url).files == 2
    assert far_files.waiting(first) == FilesLeft(0, 0)
    sync(second, files_county.url)
    assert pictures.small(second, notice) == {}
    (wanted,) = far_files.missing(second, notice, here(second, notice).photos)
    assert (wanted.small, wanted.sha256) == (True, taken.thumb)
    fetched(second, wanted, files_county.url)
    assert pictures.small(second, notice) == pictures.small(first, notice)
    assert far_files.missing(second, notice, here(second, notice).photos) == ()
    with pytest.raises(UserError):
        photos.read(second, taken.id)
    fetched(second, far_files.Wanted(taken.id, notice, taken.sha256, small=False), files_county.url)
    assert photos.read(second, taken.id) == photos.read(first, taken.id)
    assert far_files.waiting(second).files == 0, "what came from the county does not go back to it"


def test_what_was_fetched_lies_sealed(files_county: FilesCounty, first: Desk, second: Desk) -> None:
    notice, taken = notice_with(first)
    sync(first, files_county.url)
    carry(first, files_county.url)
    sync(second, files_county.url)
    fetched(second, far_files.Wanted(taken.id, notice, taken.sha256, small=False), files_county.url)
    jpeg = photos.read(second, taken.id)
    assert second.files is not None
    (sealed,) = (one.read_bytes() for one in second.files.glob("*/*.bin"))
    assert jpeg[:64] not in sealed
    assert second.store.audit.broken_at() is None


def test_small_copies_go_before_whole_pictures(first: Desk) -> None:
    notice_with(first, 640)
    notice_with(first, 700)
    kinds = [one.kind for one in far_files.next_to_send(first, 10)]
    assert kinds == [photos.SMALL_KIND, photos.SMALL_KIND, photos.KIND, photos.KIND]


def test_pictures_of_a_visit_still_being_written_stay_on_the_table(first: Desk) -> None:
    with first.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    visit = visits.begin(first, HOME, purpose="VP01")
    photos.add(first, visit.id, photos.develop(saved(noise(320, 240))), category="house")
    assert far_files.waiting(first).files == 0


def test_pictures_of_a_record_that_left_for_another_village_still_go_up(first: Desk) -> None:
    notice, _ = notice_with(first)
    first.store._db.execute("DELETE FROM record WHERE id = ?", [notice])  # as the ledger does then
    assert far_files.waiting(first).files == 2


def test_what_a_crash_left_half_sent_goes_on_from_the_county_s_word(
    files_county: FilesCounty, first: Desk, tmp_path: Path
) -> None:
    notice_with(first, 1500)
    sync(first, files_county.url)
    asked = iter([False] * 3 + [True] * 50)
    assert carry(first, files_county.url, lambda: next(asked)).stopped
    left = far_files.waiting(first).files
    assert left > 0
    first.store.close()  # nothing about the half-sent one was kept here: there is nothing to lose
    files_county.restart()
    again = computer_again(tmp_path / "first")
    try:
        come = sum(files_county.coming())
        assert carry(again, files_county.url).files == left
        assert far_files.waiting(again).files == 0
        assert come > 0
    finally:
        again.store.close()


def test_a_login_page_takes_no_picture_for_sent(files_county: FilesCounty, first: Desk) -> None:
    notice_with(first)
    sync(first, files_county.url)
    with Line(files_county.url) as line:
        line.then(says(200, b"<html>login</html>", Content_Type="text/html"))
        with pytest.raises(LoginPage, match="被登录页拦住了"):
            carry(first, line.url)
    assert far_files.waiting(first).files == 2


def test_a_gateway_that_knows_no_patch_is_got_through(files_county: FilesCounty, first: Desk) -> None:
    notice_with(first)
    sync(first, files_county.url)
    with Line(files_county.url) as line:  # answers 501 to whatever is no POST
        assert carry(first, line.url).files == 2
    assert len(files_county.kept()) == 2


def test_a_picture_damaged_on_this_computer_is_told_and_holds_up_no_other(
    files_county: FilesCounty, first: Desk
) -> None:
    _, taken = notice_with(first, 640)
    notice_with(first, 700)
    sync(first, files_county.url)
    assert first.files is not None
    (path,) = first.files.glob(f"*/{taken.id}.bin")
    path.write_bytes(path.read_bytes()[:-1])
    tally = carry(first, files_county.url)
    assert (tally.files, tally.unreadable) == (4, 1)
    assert far_files.waiting(first).files == 1


def test_a_county_put_back_is_asked_again_for_every_file(files_county: FilesCounty, first: Desk) -> None:
    notice_with(first)
    sync(first, files_county.url)
    carry(first, files_county.url)
    shutil.rmtree(files_county.folder)
    first.store.ledger.begin_life("another", 0, AT)
    assert far_files.waiting(first).files == 2
    assert carry(first, files_county.url).files == 2
    assert len(files_county.kept()) == 2


def test_only_the_whole_pictures_fetched_last_are_kept(
    files_county: FilesCounty, first: Desk, second: Desk
) -> None:
    shown = [notice_with(first, width) for width in (640, 660, 680)]
    sync(first, files_county.url)
    carry(first, files_county.url)
    sync(second, files_county.url)
    for notice, taken in shown:
        fetched(second, *far_files.missing(second, notice, [taken]), files_county.url)
        fetched(second, far_files.Wanted(taken.id, notice, taken.sha256, small=False), files_county.url)
        second.clock.forward(minutes=1)  # type: ignore[attr-defined]  # a clock of tests
    assert far_files.make_room(second, keep=2) == 1
    with pytest.raises(UserError):
        photos.read(second, shown[0][1].id)
    for notice, taken in shown:
        assert taken.id in pictures.small(second, notice), "small copies stay"
    assert photos.read(second, shown[2][1].id) == photos.read(first, shown[2][1].id)
    assert far_files.make_room(first, keep=0) == 0, "what was taken here is never let go of"


def test_other_content_is_never_kept_under_a_picture_s_name(second: Desk) -> None:
    with pytest.raises(Damaged):
        far_files.keep(second, far_files.Wanted("p1", "n1", "ab" * 32, small=True), b"something else")
    assert list(attachments.damaged(second)) == []


def test_m015_files_waiting_has_the_files_of_an_older_store_wait(first: Desk) -> None:
    notice_with(first)
    db = first.store._db
    for part in (
        "TABLE file_waiting",
        "TABLE file_fetched",
        "TRIGGER attachment_waits",
        "TRIGGER attachment_gone",
    ):
        db.execute(f"DROP {part}")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm015_files_waiting'")
    first.store.close()
    assert first.files is not None
    again = computer_again(first.files.parent)
    assert far_files.waiting(again).files == 2
    again.store.close()
