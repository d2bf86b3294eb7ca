"""Pictures of notices and of signed minutes: sealed, clean, kept by a correction, let go when taken out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.registers import notices, photo_pages, pictures, reviews, writing
from app.actions.visits import photos
from app.domain.photo import Photo
from app.domain.problem import UserError
from app.domain.registers.pictures import lacking
from app.domain.registers.public_notice import PublicNotice
from app.domain.registers.review import Review
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import household, person
from tests.unit.actions.test_registers import MEETING, SHEET
from tests.unit.documents.pages import count, words
from tests.unit.pictures.shots import from_telephone, house


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock, tmp_path: Path) -> Desk:
    found = replace(desk_on(store, clock), files=tmp_path / "attachments")
    with found.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    return found


def shot(desk: Desk, line: str, category: str, width: int = 600) -> Photo:
    made = photos.develop(from_telephone(house(width, 400)))
    return pictures.add(desk, line, made, category=category)


def test_a_notice_wants_to_be_seen_on_the_wall_and_off_it(desk: Desk, clock: Clock) -> None:
    notice = notices.post(desk, SHEET)
    assert lacking(notice) == ("posted",)
    up = shot(desk, notice.id, "posted")
    assert lacking(pictures.keep(desk, notice.id, (), (up,))) == ()
    clock.forward(days=8)
    down = notices.take_down(desk, notice.id)
    assert lacking(down) == ("down",)
    bare = shot(desk, notice.id, "down", 500)
    kept = pictures.keep(desk, notice.id, (up,), (up, bare))
    assert (lacking(kept), desk.store.reading.get(PublicNotice, notice.id)) == ((), kept)
    assert set(pictures.small(desk, notice.id)) == {up.id, bare.id}


def test_what_is_kept_tells_nothing_but_the_picture(desk: Desk) -> None:
    meeting = reviews.add(desk, MEETING)
    made = shot(desk, meeting.id, "signed")
    jpeg = photos.read(desk, made.id)
    assert b"Exif" not in jpeg
    assert desk.files is not None
    sealed = [path.read_bytes() for path in desk.files.glob("*/*.bin")]
    assert len(sealed) == 2, "the picture and its small copy"
    assert not any(jpeg[:200] in one for one in sealed)


def test_what_two_computers_did_to_the_pictures_of_a_line_both_stands(desk: Desk) -> None:
    notice = notices.post(desk, SHEET)
    first, mine = shot(desk, notice.id, "posted"), shot(desk, notice.id, "other", 500)
    theirs = Photo("theirs", "ab" * 32, "posted")
    pictures.keep(desk, notice.id, (), (first, theirs))  # came in after the worker had seen `first` alone
    kept = pictures.keep(desk, notice.id, (first,), (mine,))
    assert isinstance(kept, PublicNotice)
    assert [one.id for one in kept.photos] == ["theirs", mine.id]


def test_a_picture_taken_out_is_forgotten_with_its_small_copy(desk: Desk) -> None:
    notice = notices.post(desk, SHEET)
    made, other = shot(desk, notice.id, "posted"), shot(desk, notice.id, "other", 500)
    pictures.keep(desk, notice.id, (), (made, other))
    pictures.keep(desk, notice.id, (made, other), (other,))
    assert photos.read(desk, made.id), "still there while it may be put back"
    pictures.let_go(desk, notice.id)
    with pytest.raises(UserError):
        photos.read(desk, made.id)
    assert photos.read(desk, other.id)
    assert len(desk.store.attachments.ids()) == 2
    assert list(attachments.damaged(desk)) == []


@pytest.mark.parametrize("kind", [PublicNotice, Review])
def test_a_correction_takes_the_pictures_over_and_the_corrected_line_takes_no_more(
    desk: Desk, kind: type[PublicNotice] | type[Review]
) -> None:
    first: PublicNotice | Review
    first = notices.post(desk, SHEET) if kind is PublicNotice else reviews.add(desk, MEETING)
    made = shot(desk, first.id, "posted" if kind is PublicNotice else "signed")
    pictures.keep(desk, first.id, (), (made,))
    second: PublicNotice | Review
    if kind is PublicNotice:
        second = notices.post(desk, replace(SHEET, place="老屋组公示栏"), amends=first.id)
    else:
        second = reviews.add(desk, replace(MEETING, minutes="改了一句"), amends=first.id)
    assert pictures.small(desk, second.id).keys() == {made.id}
    with pytest.raises(UserError, match="更正过"):
        shot(desk, first.id, "other", 500)
    pictures.keep(desk, second.id, (made,), ())
    pictures.let_go(desk, second.id)
    assert photos.read(desk, made.id), "it belongs to the line that was corrected, which still names it"
    writing.take_back(desk, kind, second.id)
    with pytest.raises(UserError, match="作废"):
        pictures.keep(desk, second.id, (), (made,))


def test_no_line_takes_a_thirteenth_picture(desk: Desk) -> None:
    notice = notices.post(desk, SHEET)
    many = tuple(Photo(str(number), "ab" * 32, "posted") for number in range(12))
    pictures.keep(desk, notice.id, (), many)
    with pytest.raises(UserError, match="最多 12 张"):
        pictures.keep(desk, notice.id, many, (*many, Photo("13", "ab" * 32)))


def test_the_pictures_of_a_line_come_out_as_pages_for_its_file(desk: Desk) -> None:
    notice = notices.post(desk, SHEET)
    up, other = shot(desk, notice.id, "posted"), shot(desk, notice.id, "other", 500)
    elsewhere = Photo("theirs", "ab" * 32, "down")
    pictures.keep(desk, notice.id, (), (up, elsewhere, other))
    pdf = photo_pages.pages(desk, notice.id)
    said = words(pdf, 0)
    for told in ("公示照片", "低保初审意见", "村部公示栏", "1.贴出来", "2.别的"):
        assert told in said
    assert "蒋桂英" not in said
    assert "撤下来" not in said, "taken on another computer"
    assert count(pdf) == 1
    assert pdf == photo_pages.pages(desk, notice.id)


def test_pictures_of_another_computer_are_not_printed_as_an_empty_page(desk: Desk) -> None:
    meeting = reviews.add(desk, MEETING)
    pictures.keep(desk, meeting.id, (), (Photo("theirs", "ab" * 32, "signed"),))
    with pytest.raises(UserError, match="那台电脑"):
        photo_pages.pages(desk, meeting.id)
