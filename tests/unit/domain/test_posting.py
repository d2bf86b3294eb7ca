"""No child, no number, no illness and no address ever hangs on a wall."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from app.domain.packs.service_item import Publicity
from app.domain.papers.masking import AgeBand, MaskedName, Neighbourhood
from app.domain.papers.posting import Applicant, Cause, Posted, lines, publicity_of
from app.domain.problem import UserError
from tests.facts import household, person
from tests.policy import child, county
from tests.unit.documents import notices, pages
from tests.unit.documents.cases import DAY


def test_a_line_has_no_place_for_text() -> None:
    kinds = {field.name: str(field.type) for field in fields(Posted)}
    assert kinds == {
        "name": "MaskedName",
        "group": "Neighbourhood",
        "heads": "int",
        "band": "AgeBand | None",
        "cause": "Cause | None",
    }


@pytest.mark.parametrize("item", ["GE", "SW"])
def test_a_childs_matter_is_never_posted(item: str) -> None:
    with pytest.raises(UserError, match="孩子的事不公示，不贴墙"):
        publicity_of(county().item(item))
    careless = replace(county().item(item), publicity=Publicity(7))
    with pytest.raises(UserError, match="孩子的事不公示"):
        publicity_of(careless)


def test_an_item_that_is_not_posted_says_why() -> None:
    with pytest.raises(UserError, match="本县没有要求公示"):
        publicity_of(county().item("GL"))


def test_who_is_under_age_is_refused_on_the_very_day_before_eighteen() -> None:
    boy = child(birth=date(2008, 11, 21))
    with pytest.raises(UserError, match="没满 18 岁"):
        lines([Applicant(boy, household(), (boy,))], DAY, causes=False)
    assert lines([Applicant(boy, household(), (boy,))], date(2026, 11, 21), causes=False)


def test_whose_age_nobody_knows_is_taken_for_a_child() -> None:
    unknown = person(birth=None)
    with pytest.raises(UserError, match="生日没填"):
        lines([Applicant(unknown, household(), (unknown,))], DAY, causes=False)


def test_children_of_the_family_are_only_counted() -> None:
    (line,) = lines([notices.applicant("李桂英")], DAY, causes=False)
    assert line == Posted(MaskedName("李**"), Neighbourhood("茶园组"), 3)


def test_namesakes_are_told_apart_by_group_then_by_ten_years() -> None:
    people = notices.several()
    made = lines(people, DAY, causes=False)
    assert [(one.name.shown, one.group.shown, one.band) for one in made[:3]] == [
        ("李**", "茶园组", AgeBand(60)),
        ("李**", "茶园组", AgeBand(70)),
        ("李**", "老屋组", None),
    ]


def test_a_namesake_next_door_who_is_not_posted_is_kept_from_being_taken_for_her() -> None:
    (line,) = lines([replace(notices.applicant("李桂英"), namesake=True)], DAY, causes=False)
    assert line.band == AgeBand(60)


def test_a_reason_is_one_of_three_or_left_to_be_written() -> None:
    made = lines(notices.several(), DAY, causes=True)
    assert [one.cause for one in made] == [Cause.ILLNESS, None, None, None, None, Cause.DISABILITY]


def test_nothing_of_the_register_but_surname_group_and_number_reaches_the_sheet() -> None:
    pdf = notices.printed()
    text = "".join(pages.words(pdf, page) for page in range(pages.count(pdf)))
    for one in notices.several():
        secret = (
            one.person.name,
            str(one.person.id_number),
            "00003013",
            "何志强",
            "何子航",
            "3号",
            "12号",
        )
        assert not [fact for fact in secret if fact in text]
    assert "李**" in text
    assert "欧阳**" in text
    assert "桂" not in text


def test_the_days_come_from_the_pack_and_the_day_of_posting_is_not_counted() -> None:
    pdf = notices.printed(notices.posted("DB"))
    text = pages.words(pdf, 0)
    assert "最低生活保障公示" in text
    assert "公示7天：2026年11月20日贴出，从第二天算起，到2026年11月27日为止" in text
    workdays = notices.posted("CS")
    assert workdays.until == date(2026, 11, 27)
    assert "公示5个工作日" in pages.words(notices.printed(workdays), 0)


def test_a_last_day_no_calendar_knows_yet_is_written_in_by_hand() -> None:
    far = notices.posted("CS", on=date(2031, 3, 3))
    assert far.until is None
    assert "到______年____月____日为止" in pages.words(notices.printed(far), 0)


def test_whom_to_ring_stands_there_and_what_is_not_known_is_a_blank() -> None:
    text = pages.words(notices.printed(), 0)
    assert "枫香镇政府田干部154-00002201" in text
    assert "县民政局______________" in text


def test_counts_of_a_meeting_and_reasons_stand_there_only_where_the_pack_says_so() -> None:
    plain = pages.words(notices.printed(notices.posted("DB")), 0)
    assert "民主评议" not in plain
    assert "事由" not in plain
    assert "民主评议：应到" in pages.words(notices.printed(), 0)
