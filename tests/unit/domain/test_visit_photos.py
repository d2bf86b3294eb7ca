"""Which pictures a visit still wants, in words that name them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.photo import Photo, read_photos, recategorised
from app.domain.visits.asking import Situation
from app.domain.visits.form import FormField, Kind
from app.domain.visits.form_words import said
from app.domain.visits.photos import photos_of, purpose_mark, wanted
from app.domain.visits.visit import INVESTIGATIONS, Met, Visit
from app.forms import visit_form
from tests.facts import GRANNY, NOW, household, person, visit

FIELD = visit_form().fields["photos"]


def photo(category: str, number: int = 0) -> dict[str, Any]:
    return Photo(f"{category}{number}", f"{number:064x}", category, category == "papers").kept()


def lack(given: Visit, name: str = "photos") -> str:
    situation = Situation(given, household(), (person(),), NOW.date())
    return next((one.words for one in situation.missing(visit_form(), NOW) if one.field == name), "")


def at_home(purpose: str = "VP04", *categories: str, **answers: Any) -> Visit:
    given = visit(met=Met.HOME, purpose=purpose, respondent=GRANNY)
    if categories:
        given = given.answered("photos", [photo(one) for one in categories])
    for name, value in answers.items():
        given = given.answered(name, value)
    return given


@pytest.mark.parametrize("purpose", sorted(INVESTIGATIONS))
def test_an_investigation_names_the_pictures_it_lacks(purpose: str) -> None:
    assert lack(at_home(purpose)) == "还差 3 张照片：入户合影、住房、主要困难凭据。"
    assert lack(at_home(purpose, "together", "papers")) == "还差 2 张照片：住房、主要困难凭据。"
    assert lack(at_home(purpose, "together", "house", "hardship")) == ""


def test_another_visit_needs_none_and_may_have_some() -> None:
    assert lack(at_home("VP01")) == ""
    assert lack(at_home("VP01", "house")) == ""


def test_who_will_not_be_photographed_is_not_kept_from_signing() -> None:
    assert lack(at_home("VP04", photos_why="本人不愿意拍")) == ""
    assert lack(at_home("VP04", photos_why="  ")) != ""


def test_a_signature_on_paper_wants_the_page_whatever_the_reason() -> None:
    signing = {"蒋桂英": {"how": "paper"}, "向海燕": {"how": "pad"}}
    for purpose in ("VP01", "VP04"):
        given = at_home(purpose, signing=signing, photos_why="本人不愿意拍")
        assert lack(given) == "还差 1 张照片：签字页。"
        assert lack(given.answered("photos", [photo("signed")])) == ""
    assert lack(at_home("VP01", signing={"蒋桂英": {"how": "pad"}})) == ""
    assert wanted(FIELD, at_home("VP01", signing=signing), required=False) == ("signed",)


def test_more_than_twelve_are_told_too() -> None:
    given = at_home("VP01").answered("photos", [photo("house", number) for number in range(13)])
    assert lack(given) == "一次走访最多 12 张照片。去掉几张。"


def test_a_closed_door_may_have_its_picture_and_nothing_else() -> None:
    shut = visit(met=Met.ABSENT, purpose="VP04", again_on="2026-11-23")
    asked = {one.id for one in Situation(shut, household(), (person(),), NOW.date()).active(visit_form())}
    assert "door_photos" in asked
    assert not asked & {"photos", "photos_why"}
    assert lack(shut, "door_photos") == ""
    given = shut.answered("door_photos", [photo("door")]).answered("photos", [photo("house")])
    pruned = Situation(given, household(), (person(),), NOW.date()).pruned(visit_form())
    assert [one.category for one in photos_of(pruned, visit_form())] == ["door"]


def test_pictures_are_told_in_words() -> None:
    value = [photo("together"), photo("house"), photo("house", 1)]
    assert said(FIELD, value, str) == "3 张：入户合影、住房"
    assert said(FIELD, [], str) == ""


def test_what_is_kept_comes_back() -> None:
    value = [photo("papers"), photo("house")]
    assert [one.kept() for one in read_photos(value)] == value
    moved = recategorised(read_photos(value), "house0", "together")
    assert [one.category for one in moved] == ["papers", "together"]


def test_the_mark_says_for_whom_for_what_and_when() -> None:
    on = date(2026, 11, 20)
    assert purpose_mark("青石垭村", "VP04", on) == "仅供青石垭村申请调查用 2026年11月20日"
    assert purpose_mark("青石垭村", "VP12", on) == "仅供青石垭村入户走访用 2026年11月20日"
    assert purpose_mark("青石垭村", "", on) == "仅供青石垭村入户走访用 2026年11月20日"


def test_documents_and_wanted_pictures_are_said_by_the_form() -> None:
    for field in (one for one in visit_form().fields.values() if one.kind is Kind.PHOTOS):
        assert isinstance(field, FormField)
        codes = {one.code for one in field.options}
        assert set(field.wanted) | set(field.marked) <= codes
        assert field.most == 12
