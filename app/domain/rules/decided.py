"""A rule's yes, no or not known as one function: for going through a village of thousands.

`decider(rule, on)(facts)` is `ask(rule, facts, on).truth` without the sentences, and goes no further than it
takes. The tree is walked once, when the function is put together, and not for every person again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from app.domain.rules.answer import ask
from app.domain.rules.facts import Fact, Facts
from app.domain.rules.rule import All, Amount, AnyOf, Each, Not, Op, Rule, Setting, Test, Unit
from app.domain.rules.spans import full_months

Decider = Callable[[Facts], bool | None]
Compare = Callable[[Fact], bool]
SETTING = "setting:"


def decider(rule: Rule, on: date) -> Decider:
    """The function that says whether `rule` is true of some facts on the day `on`; None: not known."""
    match rule:
        case Test():
            return _test(rule, on)
        case All(parts):
            return _first([decider(part, on) for part in parts], decisive=False)
        case AnyOf(parts):
            return _first([decider(part, on) for part in parts], decisive=True)
        case Not(part):
            return _flipped(decider(part, on))
        case Each():
            return _each(rule, decider(rule.where, on))


def _first(parts: list[Decider], *, decisive: bool) -> Decider:
    def said(facts: Facts) -> bool | None:
        found: bool | None = not decisive
        for part in parts:
            one = part(facts)
            if one is decisive:
                return decisive
            if one is None:
                found = None
        return found

    return said


def _flipped(part: Decider) -> Decider:
    def said(facts: Facts) -> bool | None:
        one = part(facts)
        return None if one is None else not one

    return said


def _each(rule: Each, where: Decider) -> Decider:
    decisive = not rule.every

    def said(facts: Facts) -> bool | None:
        things = facts.get(rule.fact)
        if not isinstance(things, tuple):
            return None
        found: bool | None = not decisive
        for thing in things:
            values = {**facts.values, **thing}
            one = where(Facts(values, facts.pack, facts.village, facts.hukou_type, facts.person))
            if one is decisive:
                return decisive
            if one is None:
                found = None
        return found

    return said


def _test(test: Test, on: date) -> Decider:
    if isinstance(test.operand, Setting | Amount) or test.fact.startswith(SETTING):
        # What a county sets may differ from village to village.
        return lambda facts: ask(test, facts, on).truth
    name, unsure, holds = test.fact, test.unsure, _compare(test, on)

    def said(facts: Facts) -> bool | None:
        value = facts.values.get(name)
        return None if value is None or value in unsure else holds(value)

    return said


def _compare(test: Test, on: date) -> Compare:
    limit = test.operand
    if test.unit is not Unit.VALUE:
        months = 12 if test.unit is Unit.YEARS else 1
        ordered = _order(test.op, limit)
        return lambda value: ordered(full_months(_day(value), on) // months)
    match test.op:
        case Op.IS:
            return lambda value: value == limit
        case Op.AMONG:
            return lambda value: isinstance(limit, tuple) and value in limit
        case Op.HAS:
            return lambda value: isinstance(value, frozenset) and limit in value
    ordered = _order(test.op, limit)
    return lambda value: ordered(value)


def _order(op: Op, limit: object) -> Callable[[object], bool]:
    if op is Op.IS:
        return lambda value: value == limit
    if op is Op.AMONG:
        return lambda value: isinstance(limit, tuple) and value in limit
    edge = _number(limit)
    match op:
        case Op.AT_LEAST:
            return lambda value: _number(value) >= edge
        case Op.OVER:
            return lambda value: _number(value) > edge
        case Op.AT_MOST:
            return lambda value: _number(value) <= edge
    return lambda value: _number(value) < edge


def _number(value: object) -> int | Fraction:
    if not isinstance(value, int | Fraction):
        raise TypeError(f"{value!r} has no order")
    return value


def _day(value: Fact) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day to count from")
    return value
