"""Every code has one label, every label leads back, and the words of real rosters are understood."""

from __future__ import annotations

import pytest

from app.domain.people import codes
from app.domain.people.codes import CodeTable
from app.domain.people.identity import Sex
from app.domain.people.person import Life, ParentState

TABLES = {name: value for name, value in vars(codes).items() if isinstance(value, CodeTable)}


@pytest.mark.parametrize("name", TABLES)
def test_every_label_leads_back_to_its_code(name: str) -> None:
    table = TABLES[name]
    assert table.labels
    for code, label in table.labels.items():
        assert table.find(label) == code, f"{name}: {label}"
        assert table.find(code) == code
    for word, code in table.synonyms.items():
        assert code in table.labels, f"{name}: {word}"


def test_the_standard_tables_are_whole() -> None:
    assert set(codes.ETHNIC.labels) >= {f"{number:02d}" for number in range(1, 57)}
    assert codes.RELATION.label("52") == "母亲"
    assert set(codes.PARENT_STATE.labels) == {state.value for state in ParentState}
    assert set(codes.LIFE.labels) == {life.value for life in Life}


@pytest.mark.parametrize(
    ("words", "code"),
    [("儿子", "20"), ("户 主", "02"), ("老婆", "12"), ("４１", "41"), ("重孙女", "48"), ("外公", "63")],
)
def test_the_words_of_real_rosters_are_understood(words: str, code: str) -> None:
    assert codes.RELATION.find(words) == code


def test_an_unknown_word_is_not_guessed_and_an_unknown_code_is_still_shown() -> None:
    assert codes.RELATION.find("结拜兄弟") is None
    assert codes.RELATION.label("00") == "00"


def test_a_relation_says_its_sex_only_where_it_can() -> None:
    assert codes.relation_sex("41") is Sex.MALE
    assert codes.relation_sex("38") is Sex.FEMALE
    assert codes.relation_sex(codes.HEAD) is None
    assert not codes.MALE_RELATIONS & codes.FEMALE_RELATIONS
    assert codes.disability_words(4, 3) == "肢体三级"
