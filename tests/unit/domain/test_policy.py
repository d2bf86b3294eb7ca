"""A pack answers for the right place and the right day, and never with somebody else's figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app import packs
from app.domain.packs.policy import Layer, Pack, Standard
from app.domain.packs.service_item import Item, Limit
from app.domain.packs.standing import Standing
from tests.facts import VILLAGE
from tests.policy import county

REFERENCE = packs.load(packs.reference())
CILI, YONGDING = "430821000000", "430802000000"  # counties of one city: only one has its own amount


def amount(village: str, on: date, kind: str = "DB", hukou: str = "rural", age: int | None = None) -> str:
    found = REFERENCE.standard(kind, village, hukou, on, age=age)
    return found.words if found else ""


def test_a_county_without_its_own_amount_inherits_the_citys() -> None:
    assert amount(CILI, date(2023, 6, 1)) == "5000 元/年"
    assert amount(YONGDING, date(2023, 6, 1)) == "5300 元/年"


def test_an_amount_holds_on_its_days_only() -> None:
    assert amount(CILI, date(2022, 12, 31)) == "4800 元/年"
    assert amount(CILI, date(2023, 1, 1)) == "5000 元/年"
    assert amount(CILI, date(2024, 1, 1)) == ""


def test_town_and_country_have_their_own_amounts() -> None:
    assert amount(CILI, date(2023, 6, 1), hukou="urban") == "650 元/月"


# What the five published reports and the pages beside them say, figure by figure.
PUBLISHED = [
    ("430800000000", 2022, "DB", "urban", None, "620 元/月"),
    ("430800000000", 2023, "DB", "urban", None, "650 元/月"),
    ("430800000000", 2022, "DB", "rural", None, "4800 元/年"),
    ("430800000000", 2023, "DB", "rural", None, "5000 元/年"),
    ("430802000000", 2023, "DB", "rural", None, "5300 元/年"),
    ("430811000000", 2023, "DB", "rural", None, "5300 元/年"),
    ("430800000000", 2022, "CS", "", None, "75 元/月"),
    ("430800000000", 2023, "CS", "", None, "80 元/月"),
    ("430800000000", 2022, "CH", "", None, "75 元/月"),
    ("430800000000", 2023, "CH", "", None, "80 元/月"),
    ("430800000000", 2022, "GE", "", None, "950 元/月"),
    ("430800000000", 2023, "GE", "", None, "1100 元/月"),
    ("430800000000", 2022, "GE.home", "", None, "1350 元/月"),
    ("430800000000", 2023, "GE.home", "", None, "1500 元/月"),
    *(
        (district, year, kind, "", None, words)
        for district in ("430202000000", "430203000000", "430204000000", "430211000000")
        for year, kind, words in (
            (2019, "DB", "520 元/月"), (2020, "DB", "至少 600 元/月"), (2019, "CS", "70 元/月"),
            (2020, "CS", "100 元/月"), (2019, "CH", "70 元/月"), (2020, "CH", "100 元/月"),
        )
    ),
    *(
        (place, year, kind, "", None, words)
        for place in ("430212000000", "430223000000", "430224000000", "430225000000", "430281000000")
        for kind in ("CS", "CH")
        for year, words in ((2019, "55 元/月"), (2020, "80 元/月"))
    ),
    ("430200000000", 2020, "GE.home", "", None, "1350 元/月"),
    ("430200000000", 2020, "GE", "", None, "950 元/月"),
    ("430200000000", 2020, "SW", "", None, "950 元/月"),
    ("430200000000", 2017, "GL", "", 95, "60 元/月"),
    ("430200000000", 2017, "GL", "", 85, ""),
    ("430200000000", 2018, "GL", "", 85, "至少 100 元/月"),
    ("430200000000", 2018, "GL", "", 95, "至少 200 元/月"),
    ("430481000000", 2018, "INS", "", None, "30 元/年"),
    ("430481000000", 2018, "YL.total", "", None, "340000 元/次"),
    ("430100000000", 2016, "CS", "", None, "50 元/月"),
    ("430100000000", 2018, "CH", "", None, "55 元/月"),
    ("430581000000", 2026, "GL", "", 85, "30 元/月"),
    ("430581000000", 2026, "GL", "", 95, "60 元/月"),
    ("430581000000", 2026, "GL", "", 101, "300 元/月"),
    ("430321000000", 2026, "GL", "", 85, "50 元/月"),
    ("430321000000", 2026, "GL", "", 95, "100 元/月"),
    ("430321000000", 2026, "GL", "", 101, "600 元/月"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "year", "kind", "hukou", "age", "words"), PUBLISHED)
def test_every_published_figure_is_there_as_published(
    region: str, year: int, kind: str, hukou: str, age: int | None, words: str
) -> None:
    assert amount(region, date(year, 6, 1), kind, hukou, age) == words


def test_a_sum_for_many_is_never_shown_as_what_one_person_gets() -> None:
    assert amount("430481000000", date(2018, 6, 1), "YL") == ""


def test_an_average_is_never_taken_for_a_standard() -> None:
    assert amount("430100000000", date(2024, 12, 15)) == ""
    assert amount("430100000000", date(2024, 12, 15), "CH.average") == "92.2 元/月"


def test_what_the_city_and_the_county_pay_is_kept_apart() -> None:
    found = REFERENCE.standard("GL", "430202001001", "urban", date(2020, 5, 1), age=85)
    assert found is not None
    half = Fraction(50)
    assert [(share.payer, share.amount) for share in found.shares] == [("市级", half), ("县区", half)]
    assert amount("430202001001", date(2020, 5, 1), "GL", age=95) == "至少 200 元/月"
    assert amount("430202001001", date(2020, 5, 1), "GL", age=79) == ""


def test_amounts_are_compared_exactly() -> None:
    yearly = Standard("a", "DB", Fraction(5300), "year")
    monthly = Standard("b", "DB", Fraction("441.67"), "month")
    assert yearly.fen_per_year == 530_000
    assert monthly.fen_per_year == 530_004
    with pytest.raises(ValueError, match="once"):
        _ = replace(yearly, period="once").fen_per_year


def test_the_label_names_every_layer() -> None:
    assert county().label == "hunan 2026.11 + 云岭区 1"
    assert county().region == "439901"
    assert county().simulated
    assert not REFERENCE.simulated


def test_a_pack_past_its_day_says_so() -> None:
    pack = Pack((Layer("hunan", "1", "湖南", "43", date(2026, 9, 30)),))
    assert pack.expired(date(2026, 10, 1))
    assert not pack.expired(date(2026, 9, 30))


def test_a_window_shares_the_hours_of_its_hall_in_every_season() -> None:
    summer = county().office("town-civil", date(2026, 7, 1), village=VILLAGE)
    winter = county().office("town-civil", date(2026, 11, 20), village=VILLAGE)
    assert summer is not None
    assert winter is not None
    assert (summer.name, summer.floor, summer.window, summer.windows) == (
        "枫香镇政府", "1", "3", 4,
    )  # fmt: skip
    assert [getattr(summer.hours(date(2026, 7, 1)), "afternoon", ""), winter.closed] == [
        "3:00–6:00",
        "周六 周日",
    ]
    assert getattr(winter.hours(date(2026, 11, 20)), "afternoon", "") == "2:30–5:30"


def test_a_neighbouring_town_does_not_get_this_towns_telephone() -> None:
    next_door = county().office("town-civil", date(2026, 11, 20), village="439901102201")
    assert next_door is not None
    assert (next_door.window, next_door.contacts) == ("", ())


def test_an_office_may_be_renamed_on_a_day() -> None:
    old, new = county().offices[0], county().offices[0]
    pack = replace(
        county(),
        offices=(
            replace(old, id="m", name="民政局医疗救助股", standing=Standing(valid_to=date(2018, 12, 31))),
            replace(new, id="m", name="医保局", standing=Standing(valid_from=date(2019, 1, 1))),
        ),
    )
    names = [getattr(pack.office("m", day), "name", "") for day in (date(2018, 6, 1), date(2020, 1, 1))]
    assert names == ["民政局医疗救助股", "医保局"]
    assert pack.office("nowhere", date(2020, 1, 1)) is None


def test_a_county_decides_for_itself_and_its_neighbour_keeps_the_default() -> None:
    on = date(2026, 11, 20)
    assert getattr(county().setting("ch.extend_3", VILLAGE, on), "value", None) is True
    assert getattr(REFERENCE.setting("ch.extend_3", VILLAGE, on), "value", None) is False
    assert getattr(REFERENCE.setting("ch.extend_3", CILI, on), "value", None) is True


@pytest.mark.parametrize(
    ("limit", "words"),
    [(Limit(30), "30 个工作日"), (Limit(7, "calendar"), "7 天"), (Limit(48, "hour"), "48 小时")],
)
def test_limits_are_said_with_their_unit(limit: Limit, words: str) -> None:
    assert limit.words == words


def test_a_paper_is_asked_for_on_its_days_and_in_its_place_only() -> None:
    item = county().item("CS")
    old = replace(item.material("id"), standing=Standing("43", valid_to=date(2026, 12, 31)))
    new = replace(old, copies=5, standing=Standing("43", valid_from=date(2027, 1, 1)))
    local = replace(old, copies=7, standing=Standing("439901101"))
    rest = tuple(each for each in item.materials if each.id != "id")
    item = replace(item, materials=(old, new, local, *rest))

    def copies(region: str, on: date) -> list[int]:
        return [each.copies for each in item.held(region, on).materials if each.id == "id"]

    assert copies(CILI, date(2026, 12, 31)) == [old.copies]
    assert copies(CILI, date(2027, 1, 1)) == [5]
    assert copies(VILLAGE, date(2027, 1, 1)) == [7]
    gone = replace(item, materials=(old, *rest)).held(CILI, date(2027, 1, 1))
    assert copies_named("id", gone) == 0


def copies_named(material: str, item: Item) -> int:
    """How many steps of an item ask for a paper."""
    return sum(material in each.materials for each in item.errands)
