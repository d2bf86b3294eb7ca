"""The same fact typed differently is no disagreement, and what was typed is stored as it was typed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import Change, Outcome, Verb
from app.domain.record import Json
from sync.protocol.meaning import meant
from sync.protocol.merge import Held, merge
from sync.protocol.policy import Policy
from tests.sync.county import AT, TEA

PLAIN = Policy(sets={"household": frozenset({"tags"})}, guards={})
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789abcxyzABCXYZ"}
TEXTS = st.text(alphabet="0123456789xXaé村户-/.年月日 　", max_size=20)
LEAVES = TEXTS | st.none() | st.integers()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4), max_leaves=6)
FORMS = ("{}-{}-{}", "{}/{}/{}", "{}.{}.{}", "{}年{}月{}日")


def edit(**fields: tuple[Json, Json]) -> Change:
    return Change("op", "h1", "household", TEA, Verb.EDIT, fields, AT, "w1")


def spelt_otherwise(text: str) -> str:
    return "　" + unicodedata.normalize("NFD", text).translate(WIDE) + " "


@given(VALUES)
def test_meaning_is_found_once_and_for_all(value: Json) -> None:
    assert meant(meant(value)) == meant(value)


@given(TEXTS)
def test_spelling_makes_no_difference(text: str) -> None:
    assert meant(spelt_otherwise(text)) == meant(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(FORMS))
def test_a_day_is_a_day_however_it_is_written(day: date, form: str) -> None:
    assert meant(form.format(day.year, day.month, day.day)) == day.isoformat()


@pytest.mark.parametrize("text", ["2026-02-31", "2026-1/2", "1-2-3", "3-1号", "43990119500101001"])
def test_what_is_no_day_is_left_as_it_is(text: str) -> None:
    assert meant(text) == text


@given(TEXTS, TEXTS)
def test_an_edit_that_saw_the_same_fact_is_applied(seen: str, new: str) -> None:
    held = Held("household", {"note": spelt_otherwise(seen)})
    after = merge(held, edit(note=(seen, new)), PLAIN)
    assert after.outcome is Outcome.APPLIED
    assert after.body.get("note", "") == new


def test_two_who_mean_the_same_do_not_disagree() -> None:
    held = Held("household", {"id_number": "43990119500101001X"})
    after = merge(held, edit(id_number=("", "43990119500101001x")), PLAIN)
    assert (after.outcome, after.written) == (Outcome.APPLIED, ())


def test_correcting_only_the_spelling_is_written() -> None:
    held = Held("household", {"phone": "１５４００００００01"})
    after = merge(held, edit(phone=("１５４００００００01", "15400000001")), PLAIN)
    assert after.body["phone"] == "15400000001"


def test_an_element_of_a_set_is_the_same_however_it_is_written() -> None:
    held = Held("household", {"tags": ["独居 ", "危房"]})
    after = merge(held, edit(tags=(["独居"], ["独居", "无电视"])), PLAIN)
    assert (after.outcome, after.body["tags"]) == (Outcome.APPLIED, ["独居 ", "危房", "无电视"])


def test_other_words_still_disagree() -> None:
    held = Held("household", {"door": "4号"})
    assert merge(held, edit(door=("3号", "5号")), PLAIN).outcome is Outcome.CONFLICT
