"""The list of visits: what is unfinished on top, then what was signed, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.visits import visit_lists, visit_search
from app.actions.visits.visit_lists import Line, Overview
from app.actions.visits.visit_search import Wanted
from app.domain.visits.form_words import day_words
from app.domain.visits.visit import Met
from app.forms import visit_form
from ui import theme
from ui.forms.paging import Paging
from ui.forms.panel import Ask
from ui.forms.visits.visit_sieve import VisitSieve
from ui.widgets.empty import EmptyState
from ui.widgets.face_stack import FaceStack
from ui.widgets.rows import Row, RowList
from ui.widgets.search_box import SearchBox
from ui.widgets.words import Button, words

ALL, DRAFTS, SIGNED = "all", "drafts", "signed"


class VisitList(QWidget):
    """`resumed(draft)`, `opened(visit)`, `begun()`."""

    resumed = Signal(str)
    opened = Signal(str)
    begun = Signal()

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._ask = ask
        self._found: Overview | None = None
        self._part = ALL
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        column.addWidget(self._finding())
        self.stack = FaceStack()
        self.list = RowList(self.tr("走访"))
        self.empty = EmptyState(
            "visit", self.tr("还没有走访。先去一户看看，写的每一格都会存好。"), self.tr("新走访")
        )
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.sieve)
        column.addWidget(self.stack, 1)
        self.paging = Paging(self.list, ask)
        self.list.left_up.connect(self.box.setFocus)
        self.list.opened.connect(self._open)
        self.list.pressed.connect(self._open)
        self.empty.pressed.connect(self.begun)

    def refresh(self) -> None:
        """Ask again for what is looked at."""
        self._ask(lambda desk: (visit_lists.overview(desk), desk.today), lambda told: self._show(*told))

    def show_part(self, part: str) -> None:
        """Look at the unfinished ones alone, at the signed ones alone, or at all of them."""
        self._part = part
        self.finding.setVisible(part == SIGNED and self._found is not None and bool(self._found.signed))
        if self._found is not None:
            self.show_overview(self._found)

    def show_overview(self, found: Overview) -> None:
        """Fill the list; with nothing at all say what to do first."""
        self._found = found
        self.finding.setVisible(self._part == SIGNED and bool(found.signed))  # of nothing nothing is found
        self.paging.stop()
        if self._part == SIGNED and (self.narrow.isChecked() or self._wanted() != Wanted()):
            self._search()
            return
        self.told.hide()
        rows = [] if self._part == SIGNED else self._drafts(found)
        rows += [] if self._part == DRAFTS else self._done(found.signed)
        self.list.set_rows(rows)
        if self._part == SIGNED:
            self._grow(Wanted())
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        if not rows:
            nothing = self.tr("没有写了一半的走访。") if self._part == DRAFTS else self.tr("还没有走访。")
            self.empty.say(nothing + self.tr("去一户看看，写的每一格都会存好。"), self.tr("新走访"))

    def _show(self, found: Overview, today: date) -> None:
        self.sieve.turn_to(today)
        self.show_overview(found)

    def _finding(self) -> QWidget:
        self.finding = QWidget()
        self.finding.setProperty("surface", "clear")
        column = QVBoxLayout(self.finding)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.box = SearchBox(self.tr("谁家：名字、首字母、尾号、组"), self.tr("在走访里找"))
        self.narrow = Button(self.tr("筛一筛"))
        self.narrow.setCheckable(True)
        row.addWidget(self.box, 1)
        row.addWidget(self.narrow)
        self.sieve, self.told = VisitSieve(), words("", "body", "quiet", wrap=True)
        column.addLayout(row)
        column.addWidget(self.told)
        for one in (self.told, self.finding):
            one.hide()
        self.narrow.toggled.connect(lambda _on: self._search())
        self.sieve.closed.connect(lambda: self.narrow.setChecked(False))
        self.box.asked.connect(lambda _query: self._search())
        for stepped in (self.box.stepped_in, self.box.confirmed):
            stepped.connect(lambda: self.list.choose_first() and self.list.setFocus())
        self.sieve.changed.connect(self._search)
        return self.finding

    def _wanted(self) -> Wanted:
        return self.sieve.wanted(self.box.query())

    def _search(self) -> None:
        wanted = self._wanted()
        self._ask(lambda desk: visit_search.search(desk, wanted), self._show_searched)

    def _show_searched(self, found: visit_search.Found) -> None:
        wanted = found.wanted
        if self._part != SIGNED or wanted != self._wanted():
            return  # an answer to an older question
        said = self.tr("找到 {n} 次").format(n=found.total)
        self.told.setText(" · ".join(filter(None, (said, self.sieve.words()))))
        self.told.setVisible(wanted != Wanted())
        self.list.set_rows(self._done(found.lines))
        self.sieve.count(found.total)
        shown = self.list if found.lines else self.empty
        self.stack.setCurrentWidget(self.sieve if self.narrow.isChecked() else shown)
        self.empty.say(self.tr("没找到。少打一个字，或者少选一样再试。"), "")
        self._grow(wanted)

    def _grow(self, wanted: Wanted) -> None:
        self.paging.begin(
            lambda skip: lambda desk: visit_search.search(desk, wanted, skip=skip),
            lambda more: self._done(more.lines),
        )

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

    def _done(self, signed: Sequence[Line]) -> list[Row]:
        rows: list[Row] = []
        month = (0, 0)
        for one in signed:
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
        met_said = visit_form().fields["met"].words_of(met.value) if met else ""
        day = day_words(one.at.date()).partition("年")[2]
        findings = len(one.visit.answers.get("findings", ()))
        note = " · ".join(part for part in (one.purpose, day, one.place) if part)
        if findings:
            note += self.tr(" · 发现 {n} 个问题").format(n=findings)
        chip, tone = (met_said, "neutral") if met is not Met.HOME else (self.tr("签好了"), "ok")
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
