"""What the answers come to: a table for each question, as the county's reports are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from app.domain.reports.table import Cell, Column, Line, Report, Shape, Table, Unit
from app.domain.surveys.asking import asked, empty, scale_words
from app.domain.surveys.response import SurveyResponse
from app.domain.surveys.survey import SCALE_STEPS, Kind, Question, Survey

OPENS = SurveyResponse.TYPE
ANSWERED, SHARE = "份数", "占多少"
BASIS = (
    "一份答卷算一份；更正过的只算更正的那份，作废的不算。",
    "百分比除以答了这一题的份数，跳过去的、没答的不算在里面；可以选几样的题，加起来会超过百分之百。",
    "不记名的攒够了一起放出来，算在拆票箱那一天；还在票箱里的没算进来。",
)


@dataclass(frozen=True)
class Tally:
    """How many were asked and what came of it; `in_box` are anonymous ones that nobody can see yet."""

    named: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()
    refused: int = 0
    asked_anonymously: int = 0
    in_box: int = 0

    @property
    def asked(self) -> int:
        """Everybody asked, whatever came of it."""
        return len(self.named) + self.asked_anonymously + self.refused


def totals(
    survey: Survey,
    responses: Sequence[SurveyResponse],
    tally: Tally,
    *,
    place: str,
    period: str,
    words: bool,
) -> Report:
    """The report on `responses` to `survey`. Free words come into it only where `words` are wanted: they
    may name people, and stay in the village."""
    tables = [_asked(tally)]
    for number, question in enumerate(survey.questions, 1):
        tables.append(_table(survey, question, number, responses, words=words))
    return Report(
        1, f"survey-{survey.id}", survey.title, place, period, BASIS, survey.standing.source, tuple(tables)
    )


def _asked(tally: Tally) -> Table:
    rows = (
        ("记名答的", len(tally.named), tally.named),
        ("不记名、放出来的", len(tally.anonymous), tally.anonymous),
        ("不愿答的", tally.refused, ()),
    )
    lines = tuple(Line(label, (Cell(count, ids),)) for label, count, ids in rows)
    notes: tuple[str, ...] = (f"一共问了 {tally.asked} 回。",)
    if tally.in_box:
        notes += (f"票箱里还有 {tally.in_box} 份不记名的，没拆，没算进下面。",)
    return Table("问了多少", "怎么答的", (Column(ANSWERED, opens=OPENS),), lines, notes=notes)


def _table(
    survey: Survey, question: Question, number: int, responses: Sequence[SurveyResponse], *, words: bool
) -> Table:
    given = [
        one
        for one in responses
        if not empty(one.answers.get(question.id)) and question in asked(survey, one.answers)
    ]
    title = f"{number}. {question.short}"
    if question.kind is Kind.NUMBER:
        return _numbers(question, title, given)
    if question.kind is Kind.TEXT:
        return _texts(question, title, given, words=words)
    if question.kind is Kind.SCALE:
        steps = [(step, scale_words(question, step)) for step in range(SCALE_STEPS, 0, -1)]
        table = _shares(title, given, steps, lambda one: {one.answers[question.id]}, question.ask)
        scores = [one.answers[question.id] for one in given]
        mean = (f"平均 {sum(scores) / len(scores):.1f} 分，{SCALE_STEPS} 分最好。",) if scores else ()
        return Table(table.title, table.head, table.columns, table.lines, notes=(*table.notes, *mean))
    codes = dict.fromkeys((one.code, one.words) for one in question.choices if not one.report)
    strange = {code for one in given for code in _codes(one.answers[question.id])} - {c for c, _ in codes}
    options = [*codes, *((code, code) for code in sorted(strange))]
    return _shares(title, given, options, lambda one: set(_codes(one.answers[question.id])), question.ask)


def _shares(
    title: str,
    given: Sequence[SurveyResponse],
    options: Iterable[tuple[Any, str]],
    chosen: Callable[[SurveyResponse], set[Any]],
    ask: str,
) -> Table:
    lines = []
    for code, said in options:
        ids = tuple(one.id for one in given if code in chosen(one))
        share = len(ids) / len(given) if given else None
        lines.append(Line(said, (Cell(len(ids), ids), Cell(share, ids))))
    columns = (Column(ANSWERED, opens=OPENS), Column(SHARE, Unit.SHARE))
    return Table(title, "答案", columns, tuple(lines), notes=(ask, f"{len(given)} 份答了这一题。"))


def _numbers(question: Question, title: str, given: Sequence[SurveyResponse]) -> Table:
    numbers = sorted(int(one.answers[question.id]) for one in given)
    ids = tuple(one.id for one in given)
    unit = f"（{question.unit}）" if question.unit else ""
    mean = round(fmean(numbers), 1) if numbers else None
    cells = (
        Cell(len(numbers), ids),
        Cell(mean),
        Cell(median(numbers) if numbers else None),
        Cell(numbers[0] if numbers else None),
        Cell(numbers[-1] if numbers else None),
    )
    heads = ("平均", "中间数", "最少", "最多")
    columns = (Column(ANSWERED, opens=OPENS), *(Column(f"{head}{unit}") for head in heads))
    return Table(title, "", columns, (Line("答了的", cells),), shape=Shape.NONE, notes=(question.ask,))


def _texts(question: Question, title: str, given: Sequence[SurveyResponse], *, words: bool) -> Table:
    ids = tuple(one.id for one in given)
    # In the order of their characters, never of their coming.
    said = sorted(str(one.answers[question.id]) for one in given) if words else ()
    notes = (question.ask, *(f"「{one}」" for one in said))
    line = Line("写了话的", (Cell(len(given), ids),))
    return Table(title, "", (Column(ANSWERED, opens=OPENS),), (line,), shape=Shape.NONE, notes=notes)


def _codes(value: Any) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value)
