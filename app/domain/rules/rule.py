"""A rule as data: the small expression tree in which a pack says who may qualify.

Nothing here is ever executed as code. A tree is read from plain tables by `parse`, and
`app.domain.rules.eligibility` walks it; anything the reader does not know is a problem naming its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

Value = bool | int | str


class Op(StrEnum):
    """How a fact is compared. Numbers are compared exactly, never as floats."""

    IS = "is"
    AMONG = "among"
    HAS = "has"  # the fact is a set and holds the value
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    BELOW = "below"


class Unit(StrEnum):
    """What a test measures on its fact: the value itself, or the time since the day it holds."""

    VALUE = "fact"
    YEARS = "age"  # full years (周岁) since a birth date
    MONTHS = "months"  # full months since a day


@dataclass(frozen=True)
class Setting:
    """Stands for a county's dated setting, looked up when the rule is asked."""

    id: str


@dataclass(frozen=True)
class Amount:
    """Stands for `times` a published standard, per year, exactly as published (never rounded).

    A county that sets how many times itself names the setting, whose value is written as text ("1.5").
    """

    kind: str
    times: Fraction | Setting = Fraction(1)


Operand = Value | tuple[Value, ...] | Setting | Amount


@dataclass(frozen=True)
class Words:
    """Plain Chinese for each answer; empty says nothing. Filled in: `{limit}` `{short}` `{earliest}`
    of the comparison, `{each}` `{state}` of the parent it is about.
    """

    yes: str = ""
    no: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Test:
    """One comparison. A value in `unsure` counts as "not known yet" (a court has still to speak)."""

    fact: str
    op: Op
    operand: Operand
    unit: Unit = Unit.VALUE
    unsure: tuple[Value, ...] = ()
    words: Words = Words()


@dataclass(frozen=True)
class All:
    parts: tuple[Rule, ...]
    words: Words = Words()


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Rule, ...]
    words: Words = Words()


@dataclass(frozen=True)
class Not:
    part: Rule
    words: Words = Words()


@dataclass(frozen=True)
class Each:
    """About a list of facts (parents, disabilities): every one, or at least one, meets `where`."""

    fact: str
    every: bool
    where: Rule
    words: Words = Words()


Rule = Test | All | AnyOf | Not | Each

NODES = ("all", "any", "not", "some", "every", "rule")
SUBJECTS = ("fact", "age", "months", "setting")
WORD_KEYS = ("yes", "no", "ask")


class BadRule(ValueError):
    """The tree cannot be read; `place` is the path inside it, `words` say what to do."""

    def __init__(self, place: str, words: str) -> None:
        super().__init__(f"{place}: {words}")
        self.place = place
        self.words = words


def parse(data: object, named: Mapping[str, Any], place: str = "rule", depth: int = 0) -> Rule:
    """The tree written as tables in `data`; `{rule = "x"}` takes `named["x"]`. Raises BadRule."""
    if depth > 20:
        raise BadRule(place, "规则套得太深，或者自己套了自己")
    if not isinstance(data, Mapping):
        raise BadRule(place, "这里要写一条规则（一个表）")
    kinds = [key for key in (*NODES, *SUBJECTS) if key in data]
    if len(kinds) != 1:
        raise BadRule(place, f"一条规则要写且只写一个：{'、'.join((*NODES, *SUBJECTS))}")
    kind = kinds[0]
    match kind:
        case "rule":
            return _named(data, named, place, depth)
        case "all" | "any":
            return _group(kind, data, named, place, depth)
        case "not":
            _only(data, ("not",), place)
            return Not(parse(data["not"], named, f"{place}.not", depth + 1), _words(data))
        case "some" | "every":
            _only(data, (kind, "where"), place)
            where = parse(data.get("where"), named, f"{place}.where", depth + 1)
            return Each(_text(data[kind], f"{place}.{kind}"), kind == "every", where, _words(data))
    return _test(kind, data, place)


def _named(data: Mapping[str, Any], named: Mapping[str, Any], place: str, depth: int) -> Rule:
    _only(data, ("rule",), place)
    name = _text(data["rule"], place)
    if name not in named:
        raise BadRule(place, f"没有叫“{name}”的规则，写到 rules.toml 里")
    return parse(named[name], named, f"rules.{name}", depth + 1)


def _group(kind: str, data: Mapping[str, Any], named: Mapping[str, Any], place: str, depth: int) -> Rule:
    _only(data, (kind,), place)
    parts = data[kind]
    if not isinstance(parts, list) or not parts:
        raise BadRule(place, f"{kind} 里至少写一条")
    rules = tuple(
        parse(part, named, f"{place}.{kind}[{index}]", depth + 1) for index, part in enumerate(parts, 1)
    )
    return All(rules, _words(data)) if kind == "all" else AnyOf(rules, _words(data))


def _test(kind: str, data: Mapping[str, Any], place: str) -> Test:
    words = _words(data)
    if kind == "setting":
        _only(data, ("setting",), place)
        return Test(f"setting:{data['setting']}", Op.IS, True, words=words)
    ops = [op for op in Op if op.value in data]
    if len(ops) != 1:
        raise BadRule(place, f"要写且只写一种比较：{'、'.join(op.value for op in Op)}")
    op = ops[0]
    _only(data, (kind, op.value, "unsure"), place)
    operand = _operand(data[op.value], f"{place}.{op.value}")
    if (op is Op.AMONG) != isinstance(operand, tuple):
        raise BadRule(f"{place}.{op.value}", "among 后面写一列值，别的比较只写一个值")
    unsure = data.get("unsure", [])
    if not isinstance(unsure, list):
        raise BadRule(f"{place}.unsure", "这里要写一列值")
    return Test(_text(data[kind], f"{place}.{kind}"), op, operand, Unit(kind), tuple(unsure), words)


def _operand(data: object, place: str) -> Operand:
    if isinstance(data, bool | int | str):
        return data
    if isinstance(data, list) and data and all(isinstance(each, bool | int | str) for each in data):
        return tuple(data)
    if isinstance(data, Mapping):
        if set(data) == {"setting"}:
            return Setting(_text(data["setting"], place))
        if "standard" in data and set(data) <= {"standard", "times"}:
            return Amount(_text(data["standard"], place), _times(data.get("times", "1"), f"{place}.times"))
    raise BadRule(place, "这里写一个整数、文字、是否，或 { setting = … }、{ standard = … }；小数写在引号里")


def _times(data: object, place: str) -> Fraction | Setting:
    if isinstance(data, Mapping) and set(data) == {"setting"}:
        return Setting(_text(data["setting"], place))
    return _fraction(data, place)


def _fraction(data: object, place: str) -> Fraction:
    try:
        return Fraction(data if isinstance(data, str | int) else "?")
    except (ValueError, ZeroDivisionError):
        raise BadRule(place, '倍数写在引号里，如 "1.5" 或 "3/2"') from None


def _only(data: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in data:
        if key not in known and key not in WORD_KEYS and key != "id":
            raise BadRule(f"{place}.{key}", "规则里没有这个名字，看看是不是写错了")


def _words(data: Mapping[str, Any]) -> Words:
    return Words(*(str(data.get(key, "")) for key in WORD_KEYS))


def _text(data: object, place: str) -> str:
    if not isinstance(data, str) or not data:
        raise BadRule(place, "这里要写名字")
    return data


def children(rule: Rule) -> tuple[Rule, ...]:
    """The rules directly inside `rule`."""
    match rule:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Each(where=where):
            return (where,)
    return ()


def tests(rule: Rule) -> tuple[Test, ...]:
    """Every comparison inside `rule`, for checking a pack."""
    if isinstance(rule, Test):
        return (rule,)
    return tuple(test for part in children(rule) for test in tests(part))


def lists(rule: Rule) -> tuple[str, ...]:
    """The list facts that `rule` goes through with some and every."""
    own = (rule.fact,) if isinstance(rule, Each) else ()
    return own + tuple(name for part in children(rule) for name in lists(part))
