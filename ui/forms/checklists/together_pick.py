"""For many at once, then: whose paper is printed; what is no clean paper is left out until she ticks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.checklists.print_together import Paper, Standing
from ui import theme
from ui.forms.papers.print_options import PrintOptions
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, words

LEAST_HEIGHT = 120  # two rows
LOOKS = {
    Standing.READY: ("ok", "check"),
    Standing.TRAPS: ("warn", "warn"),
    Standing.DRAFT: ("warn", "warn"),
    Standing.PRINTED: ("pri", "print"),
    Standing.UNMADE: ("neutral", "plus"),
    Standing.NOBODY: ("bad", "warn"),
}


class TogetherPick(QWidget):
    """`make(papers)` for ticked ones that have no list yet, `go(papers)` to print what is ticked, `back`."""

    make = Signal(list)
    go = Signal(list)
    back = Signal()
    primary_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._papers: dict[str, Paper] = {}
        self._ticked: set[str] = set()
        self.has_printer = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        self.note = Note("warn", "")
        self.note.hide()
        self.count = words("", "body", "quiet", wrap=True)
        self.detail = words("", "body", "warn", wrap=True)
        for part in (self.note, self.count):
            column.addWidget(part)
        column.addWidget(self._list(), 1)
        column.addWidget(self.detail)
        self.options = PrintOptions()
        column.addWidget(self.options)
        column.addLayout(self._buttons())

    def offer(self, printers: Sequence[str], remembered: str) -> None:
        """Which printers there are now."""
        self.has_printer = bool(printers)
        self.options.offer(printers, remembered)

    def show_papers(self, papers: Sequence[Paper], *, fresh: bool) -> None:
        """In the order of the doors. `fresh`: what is clean is ticked and nothing else; else what was ticked
        stays so, unless its new list has something to look at."""
        self._papers = {one.key: one for one in papers}
        clean = {one.key for one in papers if _clean(one)}
        self._ticked = clean if fresh else clean & self._ticked
        self.stack.setCurrentIndex(0 if papers else 1)
        self.note.hide()
        self._show()

    def say(self, lead: str, text: str) -> None:
        """What could not be done for whom."""
        self.note.say("warn", lead, text)
        self.note.show()
        self._show()

    def ticked(self) -> list[Paper]:
        """What is ticked, in the order of the doors."""
        return [one for one in self._papers.values() if one.key in self._ticked]

    def _list(self) -> QWidget:
        self.stack = QStackedWidget()
        self.stack.setMinimumHeight(theme.soft(LEAST_HEIGHT))
        card = Card()
        card.body.setContentsMargins(2, theme.soft(4), 2, theme.soft(4))
        self.rows = RowList(self.tr("给哪些人打"))
        self.rows.setProperty("plain", True)
        self.rows.opened.connect(self._toggle)
        self.rows.chosen.connect(lambda _key: self._tell())
        card.add(self.rows)
        self.stack.addWidget(card)
        said = self.tr("这里没有要打的单子，也没有看着符合的人。换一件事、换一个组看看。")
        self.stack.addWidget(EmptyState("people", said))
        return self.stack

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.back_button = Button(self.tr("重新选"), "", "left")
        self.all_button = Button(self.tr("全选"), "", "boxed")
        self.none_button = Button(self.tr("全不选"), "", "box")
        self.go_button = Button("", "main", "print")
        self.back_button.clicked.connect(self.back)
        self.all_button.clicked.connect(lambda: self._tick(True))
        self.none_button.clicked.connect(lambda: self._tick(False))
        self.go_button.clicked.connect(self._go)
        for button in (self.back_button, self.all_button, self.none_button):
            row.addWidget(button)
        row.addWidget(self.go_button, 1)
        return row

    def _go(self) -> None:
        ticked = self.ticked()
        unmade = [one for one in ticked if one.standing is Standing.UNMADE]
        (self.make if unmade else self.go).emit(unmade or ticked)

    def _toggle(self, key: str) -> None:
        if self._papers[key].standing is not Standing.NOBODY:
            self._ticked ^= {key}
        self.note.hide()
        self._show()

    def _tick(self, on: bool) -> None:
        may = {one.key for one in self._papers.values() if one.standing is not Standing.NOBODY}
        self._ticked = may if on else set()
        self.note.hide()
        self._show()

    def _show(self) -> None:
        self.rows.set_rows([self._row(one) for one in self._papers.values()])
        ticked = self.ticked()
        unmade = sum(one.standing is Standing.UNMADE for one in ticked)
        said = self.tr("先做好这 {n} 张").format(n=unmade)
        if not unmade:
            print_, keep = self.tr("打这 {n} 张单子"), self.tr("先记着这 {n} 张")
            said = (print_ if self.has_printer else keep).format(n=len(ticked))
        self.go_button.setText(said)
        self.go_button.set_icon("list" if unmade else ("print" if self.has_printer else "wait"))
        self.go_button.setEnabled(bool(ticked))
        self.options.setVisible(bool(ticked) and not unmade)
        for part in (self.all_button, self.none_button, self.go_button):
            part.setVisible(bool(self._papers))
        self.count.setText(self._counted(ticked))
        self.count.setVisible(bool(self._papers) and self.note.isHidden())
        self._tell()
        self.primary_changed.emit()

    def _counted(self, ticked: Sequence[Paper]) -> str:
        """How many are ticked, and what is among them or left out that is no clean paper."""
        every, chosen = Counter(one.standing for one in self._papers.values()), len(ticked)
        parts = [self.tr("一共 {all} 人，选了 {n} 人").format(all=len(self._papers), n=chosen)]
        parts += [f"{self._word(standing)} {every[standing]}" for standing in Standing if every[standing]]
        return " · ".join(parts)

    def _tell(self) -> None:
        now = self._papers.get(self.rows.current_key())
        said = f"{now.name}，{now.place}：{now.why}" if now is not None and now.why else ""
        self.detail.setText(said)
        self.detail.setVisible(bool(said) and self.note.isHidden())

    def _word(self, standing: Standing) -> str:
        return {
            Standing.READY: self.tr("能打"),
            Standing.TRAPS: self.tr("有要当心的"),
            Standing.DRAFT: self.tr("只能打草稿"),
            Standing.PRINTED: self.tr("打过了"),
            Standing.UNMADE: self.tr("还没做单子"),
            Standing.NOBODY: self.tr("不知道谁去办"),
        }[standing]

    def _row(self, paper: Paper) -> Row:
        tone, icon = LOOKS[paper.standing]
        maybe = "" if paper.sure else self.tr("可能符合")
        note = " · ".join(part for part in (maybe, paper.why) if part)
        place = f"（{paper.place}）" if paper.place else ""  # two may share a name
        title = f"{paper.name}{place}{paper.item_name}"
        return Row(
            paper.key,
            title,
            note,
            tick=paper.key in self._ticked,
            chip=self._word(paper.standing),
            tone=tone,
            chip_icon=icon,
        )


def _clean(paper: Paper) -> bool:
    """What she need not look at first: a list without a gap or a trap, or one to be made for who fits."""
    return paper.standing is Standing.READY or (paper.standing is Standing.UNMADE and paper.sure)
