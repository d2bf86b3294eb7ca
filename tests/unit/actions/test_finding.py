"""Whatever she remembers of somebody finds him, and namesakes can be told apart."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.desk import Desk
from app.actions.village import finding
from app.domain.people.person import Life
from app.store import Store
from app.store.highlight import span
from tests.desks import Clock, desk_on
from tests.facts import household, id_number, person

OLD_HOUSE = "01900000-0000-7000-8000-00000000000a"
NAMESAKE = "01900000-0000-7000-8000-00000000000b"


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = desk_on(store, Clock())
    other = date(1965, 5, 6)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
        unit.save(
            household(id=OLD_HOUSE, group="老屋组", door="12号", head=NAMESAKE, classes=("DB",), phone="")
        )
        unit.save(
            person(id=NAMESAKE, household=OLD_HOUSE, birth=other, id_number=id_number(other, 404), phone="")
        )
    return desk


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("lgy", "李桂英", (0, 3)),
        ("guiy", "李桂英", (1, 2)),
        ("桂英", "李桂英", (1, 2)),
        ("ligy", "李桂英", (0, 3)),
        ("3013", "李桂英", None),
        ("agl", "阿依古丽·买买提", None),
        ("gl", "阿依古丽·买买提", (2, 2)),
        ("lm", "阿依古丽·买买提", (3, 3)),
    ],
)
def test_the_matched_characters_are_marked(query: str, name: str, expected: tuple[int, int] | None) -> None:
    assert span(query, name) == expected


def test_namesakes_come_with_place_and_age(desk: Desk) -> None:
    found = finding.people(desk, "jgy")
    assert found.namesakes == 2
    assert {find.note for find in found.shown} == {"茶园组 3号 · 82岁", "老屋组 12号 · 61岁"}
    assert {find.mark for find in found.shown} == {(0, 3)}


def test_a_tail_of_a_number_says_which_number_and_no_more(desk: Desk) -> None:
    (by_phone,) = finding.people(desk, "3013").shown
    assert by_phone.note.endswith("电话尾 3013")
    card = id_number(date(1944, 3, 2), 302)
    (by_card,) = finding.people(desk, card[-6:]).shown
    assert by_card.note.endswith(f"证号尾 {card[-4:]}")
    assert card[-6:] not in by_card.note


def test_the_dead_are_found_and_called_so(desk: Desk) -> None:
    with desk.unit("death") as unit:
        unit.save(person(life=Life.DEAD))
    assert any("去世" in find.note for find in finding.people(desk, "jgy").shown)


def test_households_are_found_by_class_and_place(desk: Desk) -> None:
    (found,) = finding.households(desk, "低保户").shown
    assert (found.title, found.note) == ("蒋桂英家", "老屋组 12号 · 低保户")
    assert finding.households(desk, "茶园").total == 1


def test_groups_count_their_households_and_the_register(desk: Desk) -> None:
    assert [(one.name, one.households, one.registered) for one in finding.groups(desk)] == [
        ("茶园组", 1, 0),
        ("老屋组", 1, 1),
    ]
    assert [find.record for find in finding.in_group(desk, "老屋组")] == [OLD_HOUSE]
