"""The list of visits: what is unfinished on top, then what was signed, the latest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits.visit_lists import Line, Overview
from app.domain.visits.form_words import day_words
from app.domain.visits.visit import Met
from app.forms import visit_form
from ui.widgets.empty import EmptyState
from ui.widgets.face_stack import FaceStack
from ui.widgets.rows import Row, RowList

ALL, DRAFTS, SIGNED = "all", "drafts", "signed"


class VisitList(QWidget):
    """`resumed(draft)`, `opened(visit)`, `begun()`."""

    resumed = Signal(str)
    opened = Signal(str)
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._found: Overview | None = None
        self._part = ALL
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = FaceStack()
        self.list = RowList(self.tr("走访"))
        self.empty = EmptyState(
            "visit", self.tr("还没有走访。先去一户看看，写的每一格都会存好。"), self.tr("新走访")
        )
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack)
        self.list.opened.connect(self._open)
        self.list.pressed.connect(self._open)
        self.empty.pressed.connect(self.begun)

    def show_part(self, part: str) -> None:
        """Look at the unfinished ones alone, at the signed ones alone, or at all of them."""
        self._part = part
        if self._found is not None:
            self.show_overview(self._found)

    def show_overview(self, found: Overview) -> None:
        """Fill the list; with nothing at all say what to do first."""
        self._found = found
        rows = [] if self._part == SIGNED else self._drafts(found)
        rows += [] if self._part == DRAFTS else self._done(found)
        self.list.set_rows(rows)
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        if not rows:
            nothing = self.tr("没有写了一半的走访。") if self._part == DRAFTS else self.tr("还没有走访。")
            self.empty.say(nothing + self.tr("去一户看看，写的每一格都会存好。"), self.tr("新走访"))

    def _drafts(self, found: Overview) -> list[Row]:
        rows: list[Row] = []
        if found.unfinished:
            rows.append(
                Row(
                    "heading:drafts", self.tr("没写完的 {n} 份").format(n=len(found.unfinished)), heading=True
                )
            )
            rows += [self._unfinished(one) for one in found.unfinished]
        return rows

    def _done(self, found: Overview) -> list[Row]:
        rows: list[Row] = []
        month = (0, 0)
        for one in found.signed:
            if (one.at.year, one.at.month) != month:
                month = (one.at.year, one.at.month)
                rows.append(
                    Row(
                        f"heading:{month}",
                        self.tr("{year}年{month}月").format(year=month[0], month=month[1]),
                        heading=True,
                    )
                )
            rows.append(self._signed(one))
        return rows

    def _unfinished(self, one: Line) -> Row:
        step = visit_form().steps
        at = next((i for i, each in enumerate(step, 1) if each.id == one.visit.answers.get("at_step")), 1)
        kind = self.tr("更正") if one.visit.amends else one.purpose
        note = self.tr("{kind} · {place} · 停在第 {n} 步 · 存于 {month}月{day}日 {time}").format(
            kind=kind, place=one.place, n=at, month=one.at.month, day=one.at.day, time=f"{one.at:%H:%M}"
        )
        return Row(
            f"draft:{one.visit.id}",
            one.title,
            note,
            avatar=one.title[0],
            button=self.tr("接着写"),
            button_icon="pen",
        )

    def _signed(self, one: Line) -> Row:
        met = one.visit.met
        words = visit_form().fields["met"].words_of(met.value) if met else ""
        day = day_words(one.at.date()).partition("年")[2]
        findings = len(one.visit.answers.get("findings", ()))
        note = " · ".join(part for part in (one.purpose, day, one.place) if part)
        if findings:
            note += self.tr(" · 发现 {n} 个问题").format(n=findings)
        chip, tone = (words, "neutral") if met is not Met.HOME else (self.tr("签好了"), "ok")
        icon = "check" if met is Met.HOME else ""
        title = self.tr("{title}（更正）").format(title=one.title) if one.visit.amends else one.title
        return Row(
            f"visit:{one.visit.id}", title, note, avatar=one.title[0], chip=chip, tone=tone, chip_icon=icon
        )

    def _open(self, key: str) -> None:
        kind, _, record = key.partition(":")
        if kind == "draft":
            self.resumed.emit(record)
        elif kind == "visit":
            self.opened.emit(record)
