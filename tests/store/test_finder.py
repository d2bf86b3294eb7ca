"""A worker finds anyone by what she remembers: characters, sounds, initials, tails, places, tags."""

from __future__ import annotations

import pytest

from app.store import Store
from tests.facts import NOW, household, person
from tests.store.agreement import assert_agrees


@pytest.fixture
def village(store: Store) -> Store:
    people = (
        ("p1", "蒋桂英", ()),
        ("p2", "李桂英", ("独居",)),
        ("p3", "曾小军", ()),
        ("p4", "单于𬎆", ()),
        ("p5", "古丽·买买提", ()),
        ("p6", "覃腊梅", ()),
    )
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(classes=("DB",)))
        for record, name, tags in people:
            unit.save(person(id=record, name=name, tags=tags, phone="", id_number=None))
        unit.save(person())
    return store


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("jgy", "蒋桂英"), ("gy", "蒋桂英"), ("jiangguiying", "蒋桂英"), ("jiang", "蒋桂英"),
        ("jiangy", None),
        ("jguiy", "蒋桂英"), ("桂英", "李桂英"), ("蒋", "蒋桂英"), ("英", "李桂英"), ("j'g'y", "蒋桂英"),
        ("zxj", "曾小军"), ("zengxj", "曾小军"), ("𬎆", "单于𬎆"), ("chanyu", "单于𬎆"),
        ("买买提", "古丽·买买提"),
        ("qlm", "覃腊梅"), ("tanlm", "覃腊梅"), ("独居", "李桂英"), ("３０２", None), ("ＪＧＹ", "蒋桂英"),
    ],
)  # fmt: skip
def test_people_are_found_by(village: Store, query: str, name: str | None) -> None:
    hits = village.finder.find(query, kind="person")
    assert (name in {hit.title for hit in hits.shown}) is (name is not None)


def test_number_and_phone_tails_find_the_person(village: Store) -> None:
    number = person().id_number or ""
    for query in (number, number[-4:], "3013", "15400003013"):
        assert "蒋桂英" in {hit.title for hit in village.finder.find(query, kind="person").shown}


def test_the_exact_name_comes_first(village: Store) -> None:
    assert village.finder.find("jgy").shown[0].title == "蒋桂英"


def test_a_group_and_a_tag_find_the_household(village: Store) -> None:
    for query in ("茶园", "茶园组", "低保", "3号"):
        assert household().id in {hit.record for hit in village.finder.find(query, kind="household").shown}


@pytest.mark.parametrize(
    "query",
    ["cyz", "cy", "chayuanzu", "chayuan", "chayz", "cyz3", "cyz 3", "chayuanzu3hao", "chayz3", "cyz3号"],
)
def test_a_group_and_its_doors_are_found_by_sound_and_initials(village: Store, query: str) -> None:
    for kind, record in (("household", household().id), ("person", person().id)):
        assert record in {hit.record for hit in village.finder.find(query, kind=kind).shown}
    assert village.finder.find(query.replace("3", "4") if "3" in query else "cyx").total == 0


def test_who_is_so_named_comes_before_who_lives_in_a_group_that_sounds_so(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(group="老屋组"))
        unit.save(household(id="h2", group="茶园组", head=""))
        for n in range(40):
            unit.save(person(id=f"p{n:02}", name="艾一", phone="", id_number=None))
        unit.save(person(id="named", name="刘文中", household="h2", phone="", id_number=None))
        unit.save(person(id="other", name="王刘文中", household="h2", phone="", id_number=None))
    for query in ("lwz", "lw", "l"):
        hits = store.finder.find(query, kind="person", limit=50)
        assert [hit.record for hit in hits.shown[:2]] == ["named", "other"]
        assert hits.total == 42


def test_those_so_named_are_never_crowded_out_by_a_large_group(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.finder.MOST_CANDIDATES", 5)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(group="老屋组"))
        for n in range(9):
            unit.save(person(id=f"p{n}", name="艾一", phone="", id_number=None))
        unit.save(person(id="named", name="刘文中", phone="", id_number=None))
    assert store.finder.find("lwz", kind="person").shown[0].record == "named"


def test_doors_of_a_group_come_as_they_stand_along_the_road(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        for n in (10, 2, 1, 12):
            unit.save(household(id=f"h{n}", group="老屋组", door=f"{n}号", head=""))
            unit.save(person(id=f"p{n}", household=f"h{n}", name="艾一", phone="", id_number=None))
    doors = [hit.place for hit in store.finder.find("lwz", kind="household").shown]
    assert doors == ["老屋组 1号", "老屋组 2号", "老屋组 10号", "老屋组 12号"]
    for query in ("lwz1", "laowuzu1", "老屋组1"):
        places = [hit.place for hit in store.finder.find(query, kind="person").shown]
        assert places == ["老屋组 1号", "老屋组 10号", "老屋组 12号"]


def test_a_new_name_is_found_and_the_old_one_is_not(village: Store) -> None:
    with village.unit(actor="w", at=NOW) as unit:
        unit.save(person(name="向海燕"))
    assert village.finder.find("xhy").total == 1
    assert person().id not in {hit.record for hit in village.finder.find("jgy").shown}


def test_a_household_that_moves_carries_its_people_to_the_new_place(village: Store) -> None:
    with village.unit(actor="w", at=NOW) as unit:
        unit.save(household(group="塘边组", classes=("DB",)))
    assert {hit.place for hit in village.finder.find("jgy").shown} == {"塘边组 3号"}
    assert village.finder.find("茶园").total == 0
    assert village.finder.find("cyz").total == village.finder.find("chayuan").total == 0
    for query in ("tbz", "tangbianzu3"):
        assert {hit.title for hit in village.finder.find(query, kind="person").shown} >= {"蒋桂英", "覃腊梅"}


def test_a_rebuilt_index_finds_the_same(village: Store) -> None:
    queries = ("gy", "cyz", "chayuanzu3")
    before = [village.finder.find(query) for query in queries]
    village.finder.rebuild()
    assert [village.finder.find(query) for query in queries] == before


def test_a_rebuilding_that_was_broken_off_leaves_the_index_as_it_was(
    village: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = village.finder.find("gy")
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(village.finder, "_index", lambda *_: 1 / 0)
        village.finder.rebuild()
    assert village.finder.find("gy") == before
    assert_agrees(village)


def test_odd_queries_find_nothing_and_break_nothing(village: Store) -> None:
    for query in (
        "",
        " ",
        '"',
        "*",
        "a AND b",
        "NEAR(",
        "'",
        "·",
        "\\",
        "%",
        "（",
        "x" * 5000,
        "na" * 20,
        "anang" * 8,
    ):
        village.finder.find(query)
