"""The sheet of one ticket for the file (存档单): an ordinary office form with its whole story.

A pure function: the same ticket and day give the same bytes on screen, on paper and in a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Composed, Part
from app.documents.forms.clerk_table import WRITING_ROW, Cell, Row, Table, heads, named
from app.documents.paper import Sheet
from app.documents.typography.faces import faces, one_at_a_time
from app.domain.tickets.file_copy import FileCopy, Pair

PAIR_SHARES = (80, 168, 80, 168)
WIDE_FACT = 14  # characters that still fit half a row
STORY_SHARES = (78, 62, 106, 180, 70)
TRIP_SHARES = (80, 150, 100, 166)
CALL_SHARES = (80, 160, 256)
RATING_SHARES = (140, 196, 160)
SIGNED_SHARES = (80, 168, 80, 168)


def render(copy: FileCopy, *, printed_on: date, fonts_folder: Path | None = None) -> bytes:
    """The PDF of `copy`."""
    with one_at_a_time:
        title = f"首访单 {copy.number}"
        sheet = Sheet(faces(fonts_folder), title=title, on=printed_on, subject="首访单")
        told = f"{copy.village} · {printed_on:%Y-%m-%d} 打印"
        flow.draw(sheet, Composed("首访单", tuple(_parts(sheet, copy)), told, copy.simulated))
        return sheet.finish()


def _parts(sheet: Sheet, copy: FileCopy) -> Iterator[Part]:
    yield from flow.title(sheet, "首访单")
    yield from flow.paragraph(sheet, f"单号 {copy.number}")
    yield from flow.table(sheet, Table(PAIR_SHARES, tuple(_pairs(copy.facts))), gap=8)
    yield from flow.heading(sheet, "三个件件")
    yield from flow.table(sheet, Table((120, 376), tuple((named(n), Cell(w)) for n, w in copy.kept)))
    yield from flow.heading(sheet, f"办理记录，共 {len(copy.story)} 条")
    rows = tuple(tuple(map(Cell, (one.when, one.who, one.verb, one.note, one.seal))) for one in copy.story)
    yield from flow.table(
        sheet, Table(STORY_SHARES, rows, (heads("时间", "谁", "做了什么", "说明", "校验"),))
    )
    yield from _rows(
        sheet, "群众跑的路", ("哪天", "去了哪", "办成没有", "是什么没弄好"), TRIP_SHARES, copy.trips
    )
    yield from _rows(sheet, "回访", ("哪天", "问什么", "问到的"), CALL_SHARES, copy.calls)
    yield from _rows(sheet, "满意不满意", ("哪天", "指的哪张脸", "谁指的"), RATING_SHARES, copy.ratings)
    yield from flow.held(_end(sheet, copy))


def _rows(
    sheet: Sheet,
    title: str,
    columns: tuple[str, ...],
    shares: tuple[float, ...],
    rows: Sequence[tuple[str, ...]],
) -> Iterator[Part]:
    if rows:
        yield from flow.heading(sheet, title)
        cells = tuple(tuple(map(Cell, row)) for row in rows)
        yield from flow.table(sheet, Table(shares, cells, (heads(*columns),)))


def _pairs(facts: Sequence[Pair]) -> Iterator[Row]:
    """Short facts two to a row, long ones across it."""
    waiting: list[Pair] = []
    for name, words in facts:
        if len(words) > WIDE_FACT:
            if waiting:
                yield _row(waiting)
                waiting = []
            yield named(name), Cell(words, span=3)
            continue
        waiting.append((name, words))
        if len(waiting) == 2:
            yield _row(waiting)
            waiting = []
    if waiting:
        yield _row(waiting)


def _row(pairs: Sequence[Pair]) -> Row:
    (name, words), *more = pairs
    if not more:
        return named(name), Cell(words, span=3)
    return named(name), Cell(words), named(more[0][0]), Cell(more[0][1])


def _end(sheet: Sheet, copy: FileCopy) -> Iterator[Part]:
    """Whether the story is whole, and the hands that stand for it."""
    said = "逐条相连，没有少、没有改" if copy.unbroken else "前后接不上，有一条少了或改过，请报县里查"
    yield from flow.paragraph(sheet, f"办理记录{said}。最后一条的校验：{copy.seal or '无'}。", gap=12)
    hands = (named("首访人签字"), Cell(), named("群众签字"), Cell())
    yield from flow.table(sheet, Table(SIGNED_SHARES, (hands,), least=WRITING_ROW), gap=8)
