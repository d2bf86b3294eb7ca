"""Reading one table of a pack, gathering every problem with the file, the key and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from app.domain.packs.pack_merge import LAYER, identity
from app.domain.packs.service_item import Limit
from app.domain.packs.standing import Standing
from app.domain.problem import Problem
from app.domain.rules.rule import BadRule, Rule, parse

E = TypeVar("E", bound=Enum)
PUBLISHED = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")  # an amount as a gazette prints it
REGION_DIGITS = (2, 4, 6, 9, 12)  # province, city, county, town, village
LIMIT_UNITS = ("workday", "calendar", "hour")


class Table:
    """One table: each reading method notes a problem and goes on, so that all are told at once."""

    def __init__(self, file: str, place: str, data: Mapping[str, Any], problems: list[Problem]) -> None:
        self.file = file
        self.place = place
        self.data = data
        self.problems = problems
        self._read: set[str] = {"key", "region", LAYER}

    def wrong(self, key: str, words: str, fix: str | None = None) -> None:
        place = ".".join(part for part in (self.place, key) if part)
        self.problems.append(Problem(f"{self.file}：{place}", words, fix))

    def text(self, key: str, *, required: bool = False, longest: int = 200) -> str:
        value = self.take(key)
        if value is None:
            if required:
                self.wrong(key, f"缺了 {key}，补上一句文字")
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.wrong(key, "这里要写文字，用引号括起来")
            return ""
        if len(value) > longest:
            self.wrong(key, f"太长了：{len(value)} 个字，纸上最多放 {longest} 个")
        return value.strip()

    def number(self, key: str, default: int = 0, *, most: int = 10_000) -> int:
        value = self.take(key)
        if value is None:
            return default
        if type(value) is not int or not 0 <= value <= most:
            self.wrong(key, f"这里要写 0 到 {most} 的整数")
            return default
        return value

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value not in (None, True, False):
            self.wrong(key, "这里只能写 true 或 false")
        return value is True

    def day(self, key: str) -> date | None:
        value = self.take(key)
        if value is not None and type(value) is not date:
            self.wrong(key, "这里要写日期，如 2026-11-01，不加引号")
            return None
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.wrong(key, '这里要写一列文字，如 ["甲", "乙"]')
            return ()
        return tuple(value)

    def choice(self, key: str, kinds: type[E], default: E) -> E:
        value = self.take(key)
        if value is None:
            return default
        try:
            return kinds(value)
        except ValueError:
            self.wrong(key, f"只能写其中一个：{'、'.join(str(each.value) for each in kinds)}")
            return default

    def limit(self, key: str) -> Limit | None:
        table = self.table(key)
        if table is None:
            return None
        count, unit = table.number("count", most=3660), table.text("unit", required=True)
        table.done()
        if unit not in LIMIT_UNITS:
            table.wrong("unit", f"时限单位只能写：{'、'.join(LIMIT_UNITS)}")
            return None
        return Limit(count, unit)

    def rule(self, key: str, named: Mapping[str, Any], *, required: bool = False) -> Rule | None:
        value = self.take(key)
        if value is None:
            if required:
                self.wrong(key, "没写谁能办，补上规则")
            return None
        try:
            return parse(value, named, key)
        except BadRule as bad:
            self.wrong(bad.place, bad.words)
            return None

    def table(self, key: str) -> Table | None:
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.wrong(key, "这里要写一个表")
            return None
        return Table(self.file, f"{self.place}.{key}".strip("."), value, self.problems)

    def tables(self, key: str, *, named: str = "id") -> tuple[Table, ...]:
        """The tables of a list, each placed by its id so that a problem can be found again."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.wrong(key, f"这里要写一列表：[[{key}]]")
            return ()
        made = []
        for index, entry in enumerate(value, 1):
            name = str(entry.get("key") or entry.get(named) or index)
            place = f"{self.place}.{key}[{name}]".strip(".")
            made.append(Table(self.file, place, entry, self.problems))
        return tuple(made)

    def done(self) -> None:
        """Every key that nobody read is a slip of the pen."""
        for key in self.data:
            if key not in self._read and key != "remove":
                near = difflib.get_close_matches(key, self._read, 1)
                hint = f"，是不是 {near[0]}" if near else "，删掉或改正"
                self.wrong(key, f"没有 {key} 这个名字{hint}", near[0] if near else None)

    def take(self, key: str) -> Any:
        """The raw value of `key`, marked as read; None when it is not there."""
        self._read.add(key)
        return self.data.get(key)


def read_amount(table: Table, key: str) -> Fraction:
    """An amount in yuan, written in quotes exactly as published."""
    value = table.take(key)
    try:
        if not isinstance(value, str) or not PUBLISHED.fullmatch(value):
            raise ValueError
        amount = Fraction(value)
    except ValueError:
        table.wrong(key, '金额照公布的写在引号里，如 "5300" 或 "92.2"，单位是元')
        return Fraction(0)
    if amount <= 0:
        table.wrong(key, "金额要大于 0")
    return amount


def read_standing(table: Table, region: str) -> Standing:
    """Region, term and source; `region` is the layer's own where the fact names none."""
    place = table.text("region") or region
    check_region(table, place, within=region)
    start, end = table.day("valid_from"), table.day("valid_to")
    if start and end and end < start:
        table.wrong("valid_to", "失效日比生效日还早，两个日子看一看")
    source, unverified = table.text("source"), table.flag("unverified")
    layers = tuple(table.data.get(LAYER, ()))
    return Standing(place, start, end, source, unverified, identity(table.data), layers)


def check_region(table: Table, region: str, *, within: str = "") -> None:
    """A code prefix of a province, city, county, town or village, inside what lies below it; or nothing."""
    if region and not (region.isascii() and region.isdigit() and len(region) in REGION_DIGITS):
        table.wrong("region", f"区划写数字代码，{'、'.join(map(str, REGION_DIGITS))} 位里选一种")
    elif region and not region.startswith(within):
        table.wrong("region", f"区划 {region} 不在 {within} 里，看看是不是抄错了")
