"""One report: its tables with their charts, and in words how it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.reports.table import Cell, Line, Report, Shape, Table, written
from ui import theme
from ui.widgets.card import Card
from ui.widgets.chart import Chart, Series
from ui.widgets.empty import EmptyState
from ui.widgets.figure_cells import Figure, FigureRow
from ui.widgets.figure_table import FigureTable
from ui.widgets.words import words


@dataclass(frozen=True)
class Pointed:
    """A figure that was pointed at: what it is in words, and the records of `kind` behind it."""

    words: str
    kind: str
    ids: tuple[str, ...]


class ReportView(QWidget):
    """`pointed(Pointed)` when a figure is opened, `wider()` when an empty report should look at the year;
    that is offered where it `can_widen`."""

    pointed = Signal(object)
    wider = Signal()

    def __init__(self, report: Report, *, can_widen: bool = True) -> None:
        super().__init__()
        self._report, self._can_widen = report, can_widen
        self.tables: list[FigureTable] = []
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.soft(4), 0)
        column.setSpacing(theme.soft(12))
        if report.empty:
            column.addWidget(self._nothing())
        else:
            for place, table in enumerate(report.tables):
                if not table.empty or place == 0:
                    column.addWidget(self._card(place, table))
        column.addWidget(self._basis())
        column.addStretch(1)

    def _nothing(self) -> EmptyState:
        said = self.tr("{period}没有可以算的记录。记下的走访、首访单会自己算进来。").format(
            period=self._report.period
        )
        empty = EmptyState("list", said, self.tr("看今年") if self._can_widen else "")
        empty.pressed.connect(self.wider)
        return empty

    def _card(self, place: int, table: Table) -> Card:
        card = Card(table.title)
        if (chart := _chart(table)) is not None:
            card.add(chart)
        figures = FigureTable(table.title)
        figures.show_figures(table.head, [one.title for one in table.columns], _rows(table))
        figures.opened.connect(lambda key, table=table: self._open(table, key))
        self.tables.append(figures)
        card.add(figures)
        for note in table.notes:
            card.add(words(note, "body", "quiet", wrap=True))
        if place == 0:
            card.add(words(self.tr("点有横线的数字，看是哪几条。"), "body", "quiet", wrap=True))
        return card

    def _basis(self) -> Card:
        card = Card(self.tr("怎么算的"))
        for line in self._report.basis:
            card.add(words(line, wrap=True))
        if self._report.source:
            card.add(
                words(
                    self.tr("出处：{source}").format(source=self._report.source), "body", "quiet", wrap=True
                )
            )
        for line in self._report.left_out:
            card.add(words(self.tr("没算进去的：{what}").format(what=line), "body", "quiet", wrap=True))
        return card

    def _open(self, table: Table, key: str) -> None:
        row, column = (int(part) for part in key.split(":"))
        line, of = _lines(table)[row], table.columns[column]
        said = f"{line.label} · {of.title}"
        self.pointed.emit(Pointed(said, of.opens, line.cells[column].ids))


def _lines(table: Table) -> tuple[Line, ...]:
    """The total of a single line would only say it again."""
    return (*table.lines, *((table.total,) if table.total and len(table.lines) != 1 else ()))


def _rows(table: Table) -> list[FigureRow]:
    return [
        FigureRow(
            line.label,
            tuple(
                Figure(written(cell.value, of.unit), f"{row}:{place}" if of.opens and cell.ids else "")
                for place, (cell, of) in enumerate(zip(line.cells, table.columns, strict=True))
            ),
            total=line is table.total,
        )
        for row, line in enumerate(_lines(table))
    ]


def _chart(table: Table) -> Chart | None:
    """Nothing is drawn of a single line: one bar compares nothing."""
    if table.shape is Shape.NONE or len(table.lines) < 2 or table.empty:
        return None
    chart = Chart(table.title)
    series = [
        Series(
            table.columns[place].title,
            tuple(_number(line.cells[place]) for line in table.lines),
            tuple(written(line.cells[place].value, table.columns[place].unit) for line in table.lines),
        )
        for place in table.charted
    ]
    chart.show_series([line.label for line in table.lines], series, line=table.shape is Shape.LINE)
    return chart


def _number(cell: Cell) -> float | None:
    return None if cell.value is None or isinstance(cell.value, str) else float(cell.value)
