"""Search never misses anyone, whatever part of a name or number is typed and however often it changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from app.domain.people.person import Person
from app.store import Store
from app.store.terms import HAN
from tests.conftest import KEY
from tests.facts import HOME, NOW, household, person, ticket

SURNAMES = "蒋李曾覃单仇查解区任盖乐缪华朴向王冯翟卜牟薄湛沈"
GIVEN = "桂英小军腊梅行长乐重石和朝传宁贾𬎆〇奇大单"
COMPOUND = ("单于", "尉迟", "万俟", "澹台", "长孙", "欧阳")
ODD = ("古丽·买买提", "阿不都热合曼", "A-bo木", "李𬎆")
names = st.one_of(
    st.tuples(st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)).map("".join),
    st.tuples(st.sampled_from(COMPOUND), st.text(GIVEN, min_size=1, max_size=2)).map("".join),
    st.sampled_from(ODD),
)
numbers = st.text("0123456789", min_size=17, max_size=17).flatmap(
    lambda first: st.sampled_from("0123456789X").map(first.__add__)
)
phones = st.one_of(st.just(""), st.text("0123456789", min_size=8, max_size=8).map("154".__add__))
SLOW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for the module; every example writes the same few people anew."""
    path: Path = tmp_path_factory.mktemp("search") / "s.db"
    store = Store(path, KEY, create=True)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(group="", door="", phone="", head=""))
    yield store
    store.close()


@dataclass
class Model:
    """What is really there, looked through letter by letter."""

    people: dict[str, Person] = field(default_factory=dict)

    def put(self, store: Store, one: Person) -> None:
        self.people[one.id] = one
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(one)

    def named(self, part: str) -> set[str]:
        return {key for key, one in self.people.items() if part in one.name}

    def ending(self, tail: str) -> set[str]:
        return {
            key
            for key, one in self.people.items()
            if (one.id_number or "").endswith(tail) or one.phone.endswith(tail)
        }


def found(store: Store, query: str) -> set[str]:
    return {hit.record for hit in store.finder.find(query, kind="person", limit=1_000).shown}


def substrings(text: str) -> list[str]:
    return [text[start:end] for start, end in itertools.combinations(range(len(text) + 1), 2)]


def dictionary_sounds(name: str) -> list[list[str]]:
    """Every dictionary reading of each syllable, straight from the dictionary."""
    return [
        list(
            dict.fromkeys(
                sound.replace("ü", "v") for sound in pinyin(one, style=Style.NORMAL, heteronym=True)[0]
            )
        )
        for one in name
    ]


@SLOW
@given(name=names)
def test_any_part_of_a_name_finds_its_bearer_and_only_bearers(village: Store, name: str) -> None:
    model = Model()
    for number, one in enumerate((name, "蒋桂英", name[::-1])):
        model.put(village, person(id=f"p{number}", name=one, id_number=None, phone=""))
    for part in substrings(name):
        if part.strip("·-").isalnum() and part == part.strip("·-") and not part.isascii():
            hits = found(village, part)
            assert model.named(part) <= hits, part
            if len(part) <= 2 and all(map(HAN.match, part)):
                assert hits == model.named(part), part


@SLOW
@given(
    name=st.text(SURNAMES + GIVEN.replace("𬎆", "").replace("〇", ""), min_size=2, max_size=4), data=st.data()
)
def test_initials_and_sounds_from_any_syllable_find_the_bearer(
    village: Store, name: str, data: st.DataObject
) -> None:
    Model().put(village, person(id="p0", name=name, id_number=None, phone=""))
    sounds = [data.draw(st.sampled_from(choices)) for choices in dictionary_sounds(name)]
    likeliest = [choices[0] for choices in dictionary_sounds(name)]
    for start, end in itertools.combinations(range(len(name) + 1), 2):
        assert "p0" in found(village, "".join(one[0] for one in sounds[start:end]))
        assert "p0" in found(village, "".join(likeliest[start:end]))
        one_odd = [*likeliest[:start], sounds[start], *likeliest[start + 1 : end]]
        assert "p0" in found(village, "".join(one_odd[start:]))
        mixed = [sound if place % 2 else sound[0] for place, sound in enumerate(likeliest[start:end])]
        assert "p0" in found(village, "".join(mixed))


@SLOW
@given(number=numbers, phone=phones)
def test_any_tail_of_a_card_or_phone_finds_its_holder_and_only_holders(
    village: Store, number: str, phone: str
) -> None:
    model = Model()
    model.put(village, person(id="p0", name="甲", id_number=number, phone=phone))
    model.put(village, person(id="p1", name="乙", id_number=None, phone="15400000000"))
    model.put(village, person(id="p2", name="丙", id_number=None, phone=""))
    for whole in filter(None, (number, phone)):
        for length in range(4, len(whole) + 1):
            tail = whole[-length:]
            for typed in {tail, tail.lower()}:
                hits = found(village, typed)
                assert model.ending(tail) <= hits, typed
                assert hits <= {"p0", "p1"}


@SLOW
@given(steps=st.lists(st.tuples(st.integers(0, 4), names, numbers, phones), min_size=1, max_size=8))
def test_after_any_edits_the_index_is_what_a_rebuild_would_make(
    village: Store, steps: list[tuple[int, str, str, str]]
) -> None:
    model = Model()
    for who, name, number, phone in steps:
        model.put(village, person(id=f"p{who}", name=name, id_number=number, phone=phone))
    queries = {part for one in model.people.values() for part in (one.name[:2], one.phone[-4:] or "1")}
    queries |= {(one.id_number or "")[-6:] for one in model.people.values()}
    before = {query: village.finder.find(query, limit=100) for query in queries}
    for one in model.people.values():
        assert one.id in found(village, one.name[:2])
        assert one.id in found(village, (one.id_number or "")[-6:])
    assert village.finder.rebuild() == village.reading.count(Person) + 1
    assert {query: village.finder.find(query, limit=100) for query in queries} == before


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("翟腊梅", "zhai"), ("卜小军", "bu"), ("单桂英", "shan"), ("单桂英", "dan"), ("仇桂英", "qiu"),
        ("查小军", "zha"), ("解桂英", "xie"), ("区小军", "ou"), ("盖桂英", "ge"), ("乐小军", "yue"),
        ("黑小军", "he"), ("阚桂英", "kan"), ("薄桂英", "bo"), ("牟桂英", "mu"), ("尉迟小军", "yuchi"),
        ("单于小军", "chanyu"), ("长孙桂英", "zhangsun"), ("万俟桂英", "moqi"), ("覃桂英", "tan"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_the_way_it_is_said(village: Store, name: str, typed: str) -> None:
    Model().put(village, person(id="p0", name=name, id_number=None, phone=""))
    assert "p0" in found(village, typed)
    assert "p0" in found(village, typed) & found(village, dictionary_sounds(name[-1])[0][0])


def test_the_number_of_a_ticket_as_it_is_said_finds_it(village: Store) -> None:
    number = "SF4399011012012026000137-4".replace("-", "")
    with village.unit(actor="w", at=NOW) as unit:
        unit.save(ticket(number=number, household=HOME))
    for typed in ("000137-4", "0001374", "137-4", number, number.lower()):
        assert ticket().id in {hit.record for hit in village.finder.find(typed).shown}, typed
