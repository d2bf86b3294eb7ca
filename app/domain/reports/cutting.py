"""How facts are split into lines (by month, village, item …) and measured into columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from app.domain.reports.table import Cell, Column, Line, Shape, Table, Unit

UNKNOWN = "没写"
AGE_BANDS = ((0, 17, "17 岁以下"), (18, 59, "18–59 岁"), (60, 79, "60–79 岁"), (80, 200, "80 岁以上"))
HUKOU = {"rural": "农村", "urban": "城市"}


@dataclass(frozen=True)
class Cut:
    """`of(fact)` gives the labels a fact stands under: mostly one, sometimes several, never none.

    `order` are labels that come first and in this order; others follow, the most frequent before.
    `whole` keeps a line for each label of `order`, also where nothing falls under it.
    """

    key: str
    words: str  # 按村民小组
    head: str  # 村民小组
    of: Callable[[Any], tuple[str, ...]]
    order: tuple[str, ...] = ()
    whole: bool = False
    shape: Shape = Shape.BARS


@dataclass(frozen=True)
class Measure:
    """One column: its title and unit, the kind of record it opens, and how facts become its figure."""

    title: str
    cell: Callable[[Sequence[Any]], Cell]
    unit: Unit = Unit.COUNT
    opens: str = ""

    @property
    def column(self) -> Column:
        return Column(self.title, self.unit, self.opens)


def count(title: str, opens: str, test: Callable[[Any], object] = bool) -> Measure:
    """How many facts pass `test`; all of them without one."""

    def cell(facts: Sequence[Any]) -> Cell:
        ids = tuple([fact.id for fact in facts if test(fact)])
        return Cell(len(ids), ids)

    return Measure(title, cell, Unit.COUNT, opens)


def share(
    title: str, opens: str, part: Callable[[Any], object], whole: Callable[[Any], object] = bool
) -> Measure:
    """The part of those passing `whole` that also passes `part`, 0 … 1; None of nothing."""

    def cell(facts: Sequence[Any]) -> Cell:
        base = [fact for fact in facts if whole(fact)]
        ids = tuple([fact.id for fact in base if part(fact)])
        return Cell(len(ids) / len(base) if base else None, ids)

    return Measure(title, cell, Unit.SHARE, opens)


def mean(title: str, opens: str, value: Callable[[Any], float | None], unit: Unit) -> Measure:
    """The average of the values that are known; None when none is."""

    def cell(facts: Sequence[Any]) -> Cell:
        known = [(fact.id, found) for fact in facts if (found := value(fact)) is not None]
        average = sum(found for _, found in known) / len(known) if known else None
        return Cell(average, tuple(one for one, _ in known))

    return Measure(title, cell, unit, opens)


def total(title: str, opens: str, value: Callable[[Any], int]) -> Measure:
    """The sum of a number of each fact; opens those where it is not 0."""

    def cell(facts: Sequence[Any]) -> Cell:
        found = [(fact.id, value(fact)) for fact in facts]
        return Cell(sum(number for _, number in found), tuple(one for one, number in found if number))

    return Measure(title, cell, Unit.COUNT, opens)


def distinct(title: str, opens: str, keys: Callable[[Any], Iterable[Any]]) -> Measure:
    """How many different keys there are; `opens` is the kind of record the keys name, "" for names."""

    def cell(facts: Sequence[Any]) -> Cell:
        found = dict.fromkeys([one for fact in facts for one in keys(fact) if one])
        return Cell(len(found), tuple(found) if opens else ())

    return Measure(title, cell, Unit.COUNT, opens)


def tabulate(
    title: str,
    facts: Sequence[Any],
    cut: Cut,
    measures: Sequence[Measure],
    *,
    charted: tuple[int, ...] = (0,),
    notes: tuple[str, ...] = (),
) -> Table:
    """Split and measure. The total measures all facts at once: a fact under two labels counts once in it."""
    groups: dict[str, list[Any]] = {label: [] for label in cut.order} if cut.whole else {}
    doubled = False
    for fact in facts:
        labels = cut.of(fact) or (UNKNOWN,)
        doubled = doubled or len(labels) > 1
        for label in labels:
            groups.setdefault(label, []).append(fact)
    lines = tuple(_line(label, groups[label], measures) for label in sorted(groups, key=_place(cut, groups)))
    if doubled:
        notes = (*notes, f"一条落在几个「{cut.head}」里的，各行都算；合计只算一次。")
    return Table(
        title,
        cut.head,
        tuple(measure.column for measure in measures),
        lines,
        _line("合计", facts, measures),
        cut.shape,
        charted,
        notes,
    )


def _line(label: str, facts: Sequence[Any], measures: Sequence[Measure]) -> Line:
    return Line(label, tuple(measure.cell(facts) for measure in measures))


def _place(cut: Cut, groups: Mapping[str, Sequence[Any]]) -> Callable[[str], tuple[int, int, str]]:
    fixed = {label: place for place, label in enumerate(cut.order)}
    if cut.key == "month":
        return lambda label: (*_month(label), label)
    return lambda label: (
        fixed.get(label, len(fixed) + (label == UNKNOWN)),
        -len(groups[label]) if label not in fixed else 0,
        label,
    )


@lru_cache(maxsize=8192)
def month_words(day: date) -> str:
    """`2026年3月`."""
    return f"{day.year}年{day.month}月"


def _month(label: str) -> tuple[int, int]:
    year, _, month = label.removesuffix("月").partition("年")
    return int(year), int(month)


def age_band(age: int | None) -> str:
    """The band of full years an age is in."""
    if age is None:
        return UNKNOWN
    return next(words for first, last, words in AGE_BANDS if first <= age <= last)


# What every fact with an `on` and a `whose` can be split by.
MONTH = Cut("month", "按月", "月份", lambda one: (month_words(one.on),), shape=Shape.LINE)
VILLAGE = Cut("village", "按村", "村", lambda one: (one.whose.village or UNKNOWN,))
GROUP = Cut("group", "按组", "村民小组", lambda one: (one.whose.group or UNKNOWN,))
HOUSE_HUKOU = Cut(
    "hukou", "按城乡", "户口", lambda one: (HUKOU.get(one.whose.hukou, UNKNOWN),), ("农村", "城市")
)
SEX = Cut("sex", "按男女", "男女", lambda one: (one.whose.sex or UNKNOWN,), ("男", "女"))
AGE = Cut(
    "age", "按年纪", "年纪", lambda one: (age_band(one.whose.age),), tuple(words for _, _, words in AGE_BANDS)
)


def by_class(labels: Mapping[str, str]) -> Cut:
    """By kind of hardship: the classes of the household as they are today."""
    return Cut(
        "class",
        "按哪类户",
        "户的类别",
        lambda one: tuple(labels.get(code, code) for code in one.whose.classes) or ("一般户",),
        tuple(labels.values()),
    )
