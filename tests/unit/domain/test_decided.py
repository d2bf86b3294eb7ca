"""A rule put together as a function says what the walk over its tree says, for every shape of rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import packs
from app.domain.rules.answer import ask
from app.domain.rules.decided import decider
from app.domain.rules.facts import Facts
from app.domain.rules.rule import All, Amount, AnyOf, Each, Not, Op, Rule, Setting, Unit
from app.domain.rules.rule import Test as Compared
from tests.facts import NOW, VILLAGE

ON = NOW.date()
PACK = packs.load(packs.reference())
numbers = st.integers(0, 20)
TIMES = (Unit.YEARS, Unit.MONTHS)
NUMBERS = (Op.AT_LEAST, Op.OVER, Op.AT_MOST, Op.BELOW)
leaves: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Compared, st.just("n"), st.sampled_from(NUMBERS), numbers),
    st.builds(Compared, st.just("n"), st.just(Op.IS), numbers, unsure=st.tuples(numbers)),
    st.builds(Compared, st.just("n"), st.just(Op.AMONG), st.tuples(numbers, numbers)),
    st.builds(Compared, st.just("set"), st.just(Op.HAS), st.sampled_from("ab")),
    st.builds(Compared, st.just("day"), st.sampled_from(NUMBERS), numbers, st.sampled_from(TIMES)),
    st.builds(Compared, st.just("money"), st.just(Op.BELOW), st.just(Amount("DB", Fraction(3, 2)))),
    st.builds(Compared, st.just("n"), st.just(Op.AT_LEAST), st.just(Setting("gl.from_age"))),
    st.builds(Compared, st.just("setting:nobody.knows"), st.just(Op.IS), st.just(True)),
)  # fmt: skip
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(Each, st.just("list"), st.booleans(), inner),
    ),
    max_leaves=8,
)
things = st.lists(st.builds(dict, n=st.none() | numbers), max_size=3).map(tuple)
values = st.fixed_dictionaries(
    {
        "n": st.none() | numbers,
        "set": st.none() | st.frozensets(st.sampled_from("ab")),
        "day": st.none() | st.dates(date(2005, 1, 1), date(2026, 11, 19)),
        "money": st.none() | st.integers(0, 2_000_000).map(Fraction),
        "list": st.none() | things,
    }
)


@given(rules, values)
def test_the_function_says_what_the_tree_says(rule: Rule, known: dict[str, Any]) -> None:
    facts = Facts(known, PACK, VILLAGE, "rural")
    assert decider(rule, ON)(facts) is ask(rule, facts, ON).truth


@pytest.mark.parametrize("unit", [Unit.VALUE, Unit.YEARS])
def test_what_has_no_order_is_a_fault_and_no_answer(unit: Unit) -> None:
    facts = Facts({"n": "word"}, PACK, VILLAGE, "rural")
    rule = Compared("n", Op.OVER, 3, unit)
    with pytest.raises(TypeError):
        decider(rule, ON)(facts)
    with pytest.raises(TypeError):
        ask(rule, replace(facts), ON)
