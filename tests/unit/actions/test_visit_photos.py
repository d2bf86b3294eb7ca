"""A visit has its photos sealed with it: counted, marked, never in the clear, never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions import attachments
from app.actions.desk import Desk
from app.actions.visits import photos, visit_papers, visit_sitting, visits
from app.domain.photo import MOST_PHOTOS, Photo, with_photo
from app.domain.problem import UserError
from app.domain.visits.visit import Met, Visit
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME, household, person
from tests.unit.documents.pages import count, words
from tests.unit.pictures.shots import PLACE, from_telephone, house

JPEG = b"\xff\xd8\xff"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(tmp_path / "store.db", KEY, create=True)
    made = replace(desk_on(store, Clock()), files=tmp_path / "attachments")
    with made.unit("roster") as unit:
        unit.save(household(classes=("DB",)))
        unit.save(person())
    yield made
    store.close()


def took(desk: Desk, visit: Visit, number: int = 0, **more: Any) -> Photo:
    picture = photos.develop(from_telephone(house(300 + number, 200)))
    return photos.add(desk, visit.id, picture, **{"category": "house", **more})


def with_photos(visit: Visit, *taken: Photo) -> Visit:
    return visit.answered("photos", [one.kept() for one in taken])


def signable(visit: Visit) -> Visit:
    given = replace(visit, met=Met.HOME, purpose="VP01", respondent=GRANNY, signatures=("向海燕",))
    return given.answered("members", {GRANNY: ["same"]}).answered("alive", {GRANNY: "met"})


def files_of(desk: Desk) -> list[Path]:
    assert desk.files is not None
    return sorted(desk.files.glob("*/*.bin"))


def test_a_photo_lies_sealed_and_says_nothing_of_where_it_was_taken(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    taken = took(desk, visit)
    shown = photos.thumbs(desk, with_photos(visit, taken))
    assert shown[taken.id].startswith(JPEG)
    assert PLACE not in photos.read(desk, taken.id)
    assert len(files_of(desk)) == 2
    for path in files_of(desk):
        raw = path.read_bytes()
        assert JPEG not in raw
        assert b"JFIF" not in raw


def test_the_same_picture_twice_is_kept_once(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    taken = took(desk, visit)
    again = took(desk, visit)
    assert again == taken
    assert len(files_of(desk)) == 2
    with pytest.raises(UserError, match="已经有了"):
        with_photo((taken,), again)


def test_twelve_are_enough(desk: Desk) -> None:
    taken = tuple(Photo(f"p{number}", "0" * 64, "house") for number in range(MOST_PHOTOS))
    with pytest.raises(UserError, match="最多 12 张"):
        with_photo(taken, Photo("p12", "0" * 64, "house"))
    assert len(with_photo(taken[1:], taken[0])) == MOST_PHOTOS


def test_the_seal_covers_every_picture(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    first, second = took(desk, visit, 1), took(desk, visit, 2, category="together")
    signed = visit_sitting.finish(desk, with_photos(signable(visit), first))
    assert signed.answers["photos"][0]["sha256"] == first.sha256
    assert signed.content_hash() == signed.seal
    for other in (
        with_photos(signed, replace(first, sha256=second.sha256)),
        with_photos(signed, replace(first, category="papers")),
        with_photos(signed, first, second),
        with_photos(signed),
    ):
        assert other.content_hash() != signed.seal


def test_after_the_signature_none_comes_and_none_goes(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    taken = took(desk, visit)
    signed = visit_sitting.finish(desk, with_photos(signable(visit), taken))
    with pytest.raises(UserError, match="不能再加"):
        attachments.drop(desk, taken.id)
    with pytest.raises(UserError, match="没有加进去"):
        took(desk, visit, 5)
    with pytest.raises(UserError, match="不能再加"):
        attachments.add(desk, signed.id, b"new", kind="photo", media="image/jpeg")
    assert photos.thumbs(desk, signed).keys() == {taken.id}


def test_what_was_taken_out_before_the_signature_leaves_no_file(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    kept, dropped = took(desk, visit, 1), took(desk, visit, 2)
    assert len(files_of(desk)) == 4
    visit_sitting.finish(desk, with_photos(signable(visit), kept))
    assert len(files_of(desk)) == 2
    assert desk.store.attachments.find(dropped.id) is None
    assert photos.read(desk, kept.id)


def test_a_visit_thrown_away_takes_its_photos_along(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    took(desk, visit)
    visits.throw_away(desk, visit.id)
    assert files_of(desk) == []
    assert list(desk.store.attachments.every()) == []


def test_a_draft_comes_back_with_its_photos(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    taken = took(desk, visit)
    visits.keep(desk, with_photos(visit, taken))
    back = visits.resume(desk, visit.id)
    assert photos.thumbs(desk, back).keys() == {taken.id}


def test_a_visit_whose_photo_is_gone_or_another_is_not_signed(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    taken = took(desk, visit)
    swapped = with_photos(signable(visit), replace(taken, sha256="0" * 64))
    attachments.drop(desk, took(desk, visit, 3).id)
    for wrong in (swapped, with_photos(signable(visit), Photo("nowhere", taken.sha256, "house"))):
        with pytest.raises(UserError, match="不在这台电脑里") as caught:
            visit_sitting.finish(desk, wrong)
        assert caught.value.problems[0].field == "photos"
    assert visits.drafts(desk)


def test_a_correction_keeps_the_pictures_and_asks_anew_for_the_signed_page(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    wall, page = took(desk, visit, 1), took(desk, visit, 2, category="signed")
    signed = visit_sitting.finish(desk, with_photos(signable(visit), wall, page))
    draft = visit_sitting.correct(desk, signed.id).visit
    assert [one["id"] for one in draft.answers["photos"]] == [wall.id]
    corrected = visit_sitting.finish(desk, signable(draft))
    assert photos.thumbs(desk, corrected).keys() == {wall.id}
    assert photos.thumbs(desk, signed).keys() == {wall.id, page.id}
    visits.throw_away(desk, visit_sitting.correct(desk, corrected.id).visit.id)
    assert photos.read(desk, wall.id), "the first visit's own picture stays"


def test_a_small_copy_that_is_lost_is_made_up_for_and_a_lost_picture_left_out(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    first, second = took(desk, visit, 1), took(desk, visit, 2)
    small = desk.store.attachments.thumb(first.id)
    assert small is not None
    with desk.unit("a fault") as unit:
        desk.store.attachments.drop(small.id)
        unit.audit("drop attachment", visit.id)
    for path in files_of(desk):
        if path.stem in (second.id, getattr(desk.store.attachments.thumb(second.id), "id", "")):
            path.write_bytes(path.read_bytes()[:40])
    shown = photos.thumbs(desk, with_photos(visit, first, second))
    assert shown.keys() == {first.id}
    assert shown[first.id] == photos.read(desk, first.id)


def test_the_sheet_shows_the_pictures_and_not_the_page_it_was_signed_on(desk: Desk) -> None:
    visit = visits.begin(desk, HOME, purpose="VP01")
    wall, page = took(desk, visit, 1), took(desk, visit, 2, category="signed")
    signed = visit_sitting.finish(desk, with_photos(signable(visit), wall, page))
    pdf = visit_papers.sheet(desk, signed.id)
    said = "".join(words(pdf, number) for number in range(count(pdf)))
    assert said.partition("照片，共1张")[2].startswith("住房上面写的")
    assert photos.shape(photos.read(desk, wall.id)) == (301, 200)


def test_a_file_too_large_for_a_photo_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "film.jpg"
    with large.open("wb") as file:
        file.truncate(photos.MOST_FILE_BYTES + 1)
    with pytest.raises(UserError, match="太大"):
        photos.load(large)
