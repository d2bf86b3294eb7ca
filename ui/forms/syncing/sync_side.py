"""Beside the state of sync: what the county kept for a person to look at, and how the last rounds went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.sync_state import Aside
from app.domain.change import Outcome
from app.domain.workdays import CHINA
from sync.client.rounds import Round
from sync.client.syncer import SyncReport
from ui import theme
from ui.forms.syncing.aside_words import aside_words
from ui.forms.syncing.sync_words import went_words
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList
from ui.widgets.words import Button, Icon, words


class SyncSide(QWidget):
    """`looked(page, record)` when the worker points at what was set aside; `seen(changes)` when she has
    looked at what the township refused, which stays in a list of its own."""

    looked = Signal(str, str)
    seen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self._asides: Sequence[Aside] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.aside = Card(self.tr("要您看一眼"))
        self.rows = RowList(self.tr("县里留着等人定的"))
        self.rows.setProperty("plain", True)
        self.rows.opened.connect(self._look)
        self.none = words(self.tr("没有。传上去的，县里都收下了。"), "body", "quiet", wrap=True)
        self.aside.add(self.rows)
        self.aside.add(self.none)
        self.all_seen = Button(self.tr("没收的都看过了"))
        self.all_seen.clicked.connect(lambda: self._see(self._asides))
        self.aside.add(self.all_seen)
        column.addWidget(self.aside)
        self.refused = Card(self.tr("镇里没收的"))
        self.refused_rows = RowList(self.tr("镇里没收、看过了的"))
        self.refused_rows.setProperty("plain", True)
        self.refused_rows.opened.connect(self._look)
        self.refused.add(self.refused_rows)
        self.refused.hide()
        column.addWidget(self.refused)
        self.rounds = Card(self.tr("开锁以后传过的"))
        self._lines = QVBoxLayout()
        self.lines: list[QWidget] = []
        self.rounds.add(self._lines)
        column.addWidget(self.rounds)
        column.addStretch(1)

    def show_asides(self, asides: Sequence[Aside]) -> None:
        """What waits for a person; nothing is decided by a machine."""
        self._asides = asides
        for rows, seen in ((self.rows, False), (self.refused_rows, True)):
            told = [self._row(number, one) for number, one in enumerate(asides) if one.seen is seen]
            rows.set_rows(told)
            rows.setVisible(bool(told))
            rows.setMinimumHeight(min(rows.content_height(), theme.soft(76) * 4) if told else 0)
        self.none.setVisible(all(one.seen for one in asides))
        self.none.setText(self._nothing(asides))
        self.refused.setVisible(any(one.seen for one in asides))
        self.all_seen.setVisible(any(one.refused and not one.seen for one in asides))

    def show_rounds(self, rounds: Sequence[Round]) -> None:
        """Newest first."""
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(one) for one in rounds]
        for line in self.lines:
            self._lines.addWidget(line)
            line.show()  # the layout would a moment later, and the card stand empty until then
        self.rounds.setVisible(bool(rounds))

    def _row(self, number: int, aside: Aside) -> Row:
        conflict = aside.outcome is Outcome.CONFLICT
        chip = self.tr("写得不一样") if conflict else self.tr("县里留着")
        if aside.refused:
            chip = self.tr("看过了") if aside.seen else self.tr("没收")
        title = "：".join(part for part in (aside.whose, aside.kind) if part)
        why = aside_words(aside.outcome, aside.why)
        note = f"{spoken_day(aside.at)} · {why}"
        if aside.refused:  # the township's words are what there is to read
            title, note = why, f"{title} · {spoken_day(aside.at)}"
        icon = "swap" if conflict else "check" if aside.seen else "warn"
        tone = "neutral" if aside.seen else "warn"
        return Row(str(number), title, note, chip=chip, tone=tone, chip_icon=icon)

    def _look(self, key: str) -> None:
        aside = self._asides[int(key)]
        self._see([aside])
        if aside.page:
            self.looked.emit(aside.page, aside.record)

    def _see(self, asides: Sequence[Aside]) -> None:
        changes = [one.change for one in asides if one.refused and not one.seen]
        if changes:
            self.seen.emit(changes)

    def _nothing(self, asides: Sequence[Aside]) -> str:
        if asides:
            return self.tr("没有。没收的都看过了，在下面。")
        return self.tr("没有。传上去的，县里都收下了。")

    def _line(self, one: Round) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        good = isinstance(one.outcome, SyncReport) and one.outcome.heard
        row.addWidget(Icon("check" if good else "wait", 24, "ok" if good else "warn"))
        row.addWidget(words(f"{one.at.astimezone(CHINA):%H:%M}"))
        went = words(went_words(one.outcome), "body", "quiet", wrap=True)
        went.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(went, 1)
        return holder


def spoken_day(at: datetime) -> str:
    """`11月20日 14:32`, in China."""
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def heard_words(at: datetime | None) -> str:
    """When the county last had everything."""
    if at is None:
        return QCoreApplication.translate("sync", "这台电脑还没连过县里。")
    return QCoreApplication.translate("sync", "上次通到县里：{when}").format(when=spoken_day(at))
