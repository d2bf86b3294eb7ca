"""The fictional village has exactly the proportions it claims, and every edge case lives in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.domain.people import codes, identity
from app.domain.people.household import Household
from app.domain.people.identity import IdKind, Sex
from app.domain.people.person import Life, ParentState, Person, birthday
from demo.village import Village, generate, place, story
from demo.village.numbers import luhn_digit

OTHER_DAYS = (date(2026, 2, 28), date(2028, 2, 29), date(2027, 12, 31))


@pytest.fixture(scope="module")
def village() -> Village:
    return generate()


def ages(village: Village) -> list[int]:
    found = [person.age_on(village.on) for person in village.people]
    return [years for years in found if years is not None]


@pytest.mark.parametrize(
    ("seed", "on"), [(439901, story.ON), *((number, day) for number, day in enumerate(OTHER_DAYS))]
)
def test_the_counts_hold_for_every_seed_and_day(seed: int, on: date) -> None:
    village = generate(seed, on)
    years = ages(village)
    assert (len(village.households), len(village.people)) == (562, 2010)
    assert Counter(Counter(p.household for p in village.people).values()) == dict(place.SIZES)
    assert sum(person.sex is Sex.MALE for person in village.people) == place.MEN
    limits = [sum(each >= limit for each in years) for limit in (60, 65, 80, 90, 100)]
    assert limits == [420, 380, 76, 6, 0]
    assert sum(each < 15 for each in years) == 336
    assert sum(person.life is Life.AWAY for person in village.people) == 800
    assert {home.group for home in village.households} == set(place.GROUPS)
    assert all(29 <= count <= 34 for count in Counter(home.group for home in village.households).values())


@pytest.mark.parametrize("seed", [1, 20261120, 439901])
def test_whoever_the_story_names_is_the_only_one_of_that_name(seed: int) -> None:
    village = generate(seed)
    names = Counter(person.name for person in village.people)
    told = (
        story.GRANDMOTHER,
        story.GRANDSON,
        "朱猛",
        "宋可馨",
        "孙海霞",
        "彭冬秀",
        "向先福",
        "覃腊梅",
        "田国富",
    )
    assert {name: names[name] for name in told} == dict.fromkeys(told, 1)
    assert names["李桂英"] == 4


def test_the_same_seed_makes_the_same_village(village: Village) -> None:
    assert generate() == village
    assert generate(seed=1).people != village.people


def test_support_is_dealt_as_counted(village: Village) -> None:
    on_allowance = [person for person in village.people if person.receives("DB")]
    years = [person.age_on(village.on) or 0 for person in on_allowance]
    assert len({person.household for person in on_allowance}) == place.DB_HOUSEHOLDS
    assert len(on_allowance) == place.DB_PEOPLE
    assert sum(person.sex is Sex.FEMALE for person in on_allowance) == place.DB_WOMEN
    assert sum(each >= 60 for each in years) == place.DB_OLD
    assert sum(each < 18 for each in years) == place.DB_MINORS
    assert sum(bool(person.disabilities) for person in on_allowance) == place.DB_DISABLED
    received = Counter(benefit.item for person in village.people for benefit in person.benefits)
    assert {item: received[item] for item in ("TK", "GL", "CH", "CS", "GE", "SW")} == {
        "TK": 15, "GL": 76, "CH": 26, "CS": 14, "GE": 1, "SW": 1,
    }  # fmt: skip
    classes = Counter(code for home in village.households for code in home.classes)
    assert classes == {"DB": 36, "TK": 15, "BY": 9, "GX": 4, "JC": 5, "TP": 40}
    watched = {home.id for home in village.households if "JC" in home.classes}
    assert sum(person.household in watched for person in village.people) == 13
    tags = Counter(tag for person in village.people for tag in person.tags)
    assert (tags["独居"], tags["集中供养"], tags["分散供养"]) == (41, 4, 11)
    assert (tags["留守儿童"], tags["困境儿童"], tags["孤儿"], tags["事实无人抚养"]) == (34, 6, 1, 1)


def test_certificates_are_held_by_kind_and_level_as_counted(village: Village) -> None:
    held = [(person, each) for person in village.people for each in person.disabilities]
    assert len(held) == 58
    assert Counter(each.kind for _, each in held) == dict(place.DISABILITY_KINDS)
    assert Counter(each.level for _, each in held) == dict(place.DISABILITY_LEVELS)
    for person, each in held:
        assert each.certificate == f"{person.id_number}{each.kind}{each.level}"


def test_nobody_receives_what_excludes_another_benefit(village: Village) -> None:
    for person in village.people:
        if person.receives("TK"):
            assert not any(person.receives(item) for item in ("GE", "SW", "CS", "CH", "DB"))
        assert not (person.receives("GE") and person.receives("CS"))


def test_every_number_is_valid_unique_and_nobodys(village: Village) -> None:
    cards = [person.id_number for person in village.people if person.id_number]
    assert len(cards) == len(set(cards)) == 2009
    for person in village.people:
        if person.id_number:
            card = identity.read(person.id_number, today=village.on)
            assert (card.birth, card.sex) == (person.birth, person.sex)
            if card.kind is IdKind.RESIDENT:
                assert person.id_number[2:4] == "99"
    phones = [person.phone for person in village.people if person.phone]
    phones += [home.phone for home in village.households if home.phone]
    assert all(phone.startswith("1540000") and len(phone) == 11 for phone in phones)
    own = [person.phone for person in village.people if person.phone]
    assert len(own) == len(set(own)) > 1000
    accounts = [person.account.number for person in village.people if person.account]
    assert all(number.startswith("999999") for number in accounts)
    wrong = [number for number in accounts if luhn_digit(number[:-1]) != number[-1]]
    assert len(wrong) == 1  # the passbook


def test_every_record_has_its_own_id_and_belongs_to_the_village(village: Village) -> None:
    records: list[Household | Person] = [*village.households, *village.people]
    assert len({record.id for record in records}) == len(records)
    assert {record.village for record in records} == {place.VILLAGE}
    homes = {home.id for home in village.households}
    assert {person.household for person in village.people} == homes
    ids = {person.id for person in village.people}
    assert all(person.guardian in ids for person in village.people if person.guardian)
    assert len({(home.group, home.door) for home in village.households}) == 562


def test_every_household_has_one_head_and_relations_that_fit(village: Village) -> None:
    heads = Counter(person.household for person in village.people if person.relation == codes.HEAD)
    assert set(heads.values()) == {1}
    assert len(heads) == 562
    for person in village.people:
        assert person.relation in codes.RELATION
        assert codes.relation_sex(person.relation) in (None, person.sex)


def test_parents_are_a_generation_older_than_their_children(village: Village) -> None:
    for home in village.households:
        members = village.members(home.id)
        head = members[0]
        for person in members:
            if person.relation in ("20", "22", "23", "30", "32", "33"):
                assert 17 <= years_between(head, person) <= 60, (head.name, person.name)
            if person.relation in ("51", "52"):
                assert 17 <= years_between(person, head) <= 60, (head.name, person.name)


def years_between(older: Person, younger: Person) -> int:
    assert older.birth
    assert younger.birth
    return younger.birth.year - older.birth.year


def test_names_are_those_of_the_hills(village: Village) -> None:
    surnames = Counter(person.name[0] for person in village.people)
    assert surnames.most_common(1)[0][0] == "李"
    assert (
        sum(any(ord(letter) > 0xFFFF or letter in "䶮㛃䅟堃" for letter in p.name) for p in village.people)
        == 10
    )
    assert sum("·" in person.name for person in village.people) == 2
    ethnic = Counter(person.ethnic for person in village.people)
    assert 0.64 < ethnic["15"] / 2010 < 0.76


EDGES: dict[int, Callable[[Person, Village], bool]] = {
    1: lambda who, v: who.age_on(v.on) == 99 and who.age_on(v.on + timedelta(days=40)) == 100,
    2: lambda who, v: who.age_on(v.on) == 79 and who.age_on(v.on + timedelta(days=2)) == 80,
    3: lambda who, v: who.birth is not None and (who.birth.month, who.birth.day) == (2, 29),
    4: lambda who, v: str(who.id_number).endswith("X"),
    5: lambda who, v: identity.read(str(who.id_number), today=v.on).kind is IdKind.RESIDENCE_PERMIT,
    6: lambda who, v: who.id_number is None and bool(who.no_id_reason),
    7: lambda who, v: str(who.id_number).startswith(place.OLD_COUNTY_CODE),
    8: lambda who, v: states(who) == [ParentState.DEAD, ParentState.LOST_CONTACT],
    9: lambda who, v: states(who) == [ParentState.LOST_CONTACT] * 2,
    10: lambda who, v: who.life is Life.AWAY and who.receives("DB"),
    11: lambda who, v: who.life is Life.DEAD and who.relation == codes.HEAD and not v.home_of(who).head,
    12: lambda who, v: who.receives("DB") and who.disabilities[0].level == 2 and who.work_ability == "none",
    13: lambda who, v: who.disabilities[0].expires == v.on + timedelta(days=20),
    14: lambda who, v: (who.disabilities[0].kind, who.disabilities[0].level) == (5, 3),
    15: lambda who, v: who.account is not None and "外省" in who.account.bank,
    16: lambda who, v: (
        who.account is not None and luhn_digit(who.account.number[:-1]) != who.account.number[-1]
    ),
    17: lambda who, v: any(letter in who.name for letter in "𬎆𫘧"),
    18: lambda who, v: "·" in who.name,
    19: lambda who, v: who.name == "李桂英" and v.home_of(who).group == "老屋组",
    20: lambda who, v: v.home_of(who).kin_of_staff,
    24: lambda who, v: who.disabilities[0].kind == 7,
    26: lambda who, v: who.hukou.startswith("52"),
    27: lambda who, v: ParentState.PRISON in states(who),
    28: lambda who, v: who.birth is not None and birthday(who.birth, 36).day == 31,
}


def states(child: Person) -> list[ParentState]:
    return [parent.state for parent in child.parents]


@pytest.mark.parametrize("number", EDGES)
def test_each_edge_case_is_somebody(village: Village, number: int) -> None:
    people = [person for person in village.people if person.id in village.edges.get(number, ())]
    assert len(people) == {14: 2, 17: 2, 18: 2, 19: 3}.get(number, 1)
    assert all(EDGES[number](person, village) for person in people)


def test_grandmother_jiang_is_as_the_story_tells(village: Village) -> None:
    grandmother, grandson = village.grandmother, village.grandson
    assert grandmother.age_on(village.on) == 82
    assert grandson.age_on(village.on) == 9
    assert states(grandson) == [ParentState.DEAD, ParentState.LOST_CONTACT]
    assert len(village.members(grandmother.household)) == 2
    assert village.home_of(grandmother).place == "茶园组 3号"
    assert grandmother.receives("GL")
    assert not grandson.benefits


def test_the_families_of_the_reports_live_here(village: Village) -> None:
    assert village.home_of(village.named("朱猛")).facts.rigid_fen == 15_000_000
    assert len(village.members(village.named("朱猛").household)) == 4
    assert village.named("宋可馨").receives("SW")
    assert village.named("孙海霞").severe_illness
    with pytest.raises(KeyError):
        village.named("李桂英", "老屋组")
