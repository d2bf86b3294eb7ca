"""How the work stands: what waits, what went wrong on the line, and the button that sends it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.county_terms import Standing
from app.actions.sync_state import SyncState
from app.domain.problem import Offline, ProtocolError, UserError
from sync.client.syncer import SyncReport
from sync.client.traffic import Traffic
from ui import theme
from ui.forms.syncing.going import Going
from ui.forms.syncing.overdue_note import OverdueNote
from ui.forms.syncing.sync_side import heard_words
from ui.forms.syncing.sync_words import line_after, unusual_words
from ui.forms.syncing.terms_note import LeaseNote, ReleaseNote
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.top_bar import Line
from ui.widgets.words import Button, Icon, words


class SyncCard(QWidget):
    """`asked` to send now, `stopped` to stop, `browser` to log in at whoever stands in the way,
    `write_asked` to record today although the county was not heard."""

    asked = Signal()
    write_asked = Signal()
    stopped = Signal()
    browser = Signal()

    def __init__(self, traffic: Callable[[], Traffic | None]) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.going = Going(traffic)
        self.chips: list[Chip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.overdue = OverdueNote()
        column.addWidget(self.overdue)
        self.lease, self.release = LeaseNote(), ReleaseNote()
        self.lease.write_asked.connect(self.write_asked)
        column.addWidget(self.lease)
        column.addWidget(self.release)
        column.addWidget(self._state())
        self.trouble = Note("info", "")
        self.browser_button = Button(self.tr("打开浏览器"))
        self.browser_button.clicked.connect(self.browser)
        self.trouble.add_button(self.browser_button)
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.unusual = Note("info", "")
        self.unusual.hide()
        column.addWidget(self.unusual)
        column.addWidget(self._send())
        column.addStretch(1)
        self._column = column

    def add(self, below: QWidget) -> None:
        """Put something below all of it."""
        self._column.insertWidget(self._column.count() - 1, below)

    def show_state(self, state: SyncState) -> None:
        """What waits, by kind, and when the county was last reached."""
        if state.all_sent and state.files.files:
            self.icon.show_icon("wait", "warn")
            self.lead.setText(self.tr("记的都传好了，照片还没传完。"))
            self.detail.setText(self.tr("照片跟在后头传，不耽误干活。"))
        elif state.all_sent:
            self.icon.show_icon("check", "ok")
            never = state.synced_at is None
            self.lead.setText(self.tr("还没有要上传的。") if never else self.tr("全部传好了，县里已收到。"))
            self.detail.setText(self.tr("新记的先存在这台电脑里，再传给县里。"))
        else:
            self.icon.show_icon("wait", "warn")
            self.lead.setText(self.tr("{n} 条等着上传").format(n=state.waiting))
            self.detail.setText(self.tr("都在这台电脑里，断电、断网都不会丢。"))
        self.last.setText(heard_words(state.synced_at))
        self.going.show_state(state)
        for chip in self.chips:
            self._kinds.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [Chip(f"{word} {number}") for word, number in state.by_kind]
        for chip in self.chips:
            self._kinds.addWidget(chip)
        self.kinds.setVisible(bool(self.chips) and self.now_button.isEnabled())

    def show_standing(self, how: Standing) -> None:
        """What the county asks of this computer, where there is anything to say."""
        self.lease.show_standing(how)
        self.release.show_standing(how)

    def show_running(self, running: bool) -> None:
        """A round is under way, or not."""
        # The focus must not fall off a button that is taken away under it.
        before, after = self.now_button, self.stop_button
        if not running:
            before, after = after, before
        after.setEnabled(True)
        after.show()
        if before.hasFocus():
            after.setFocus()
        self.now_button.setEnabled(not running)
        self.now_button.setText(self.tr("正在传…") if running else self.tr("现在上传"))
        self.stop_button.setVisible(running)
        self.last.setHidden(running)  # what goes stands in their place
        self.kinds.setHidden(running or not self.chips)
        if running and not self.going.isVisibleTo(self):
            self.going.begin()
        elif not running:
            self.going.finish()

    def show_trouble(self, outcome: SyncReport | Exception | None) -> None:
        """Why the last round ended early, as long as no later one got through; None: nothing is known."""
        line = Line.OPEN if outcome is None else line_after(outcome)
        match outcome:
            case Offline() | UserError():
                lead, _, rest = outcome.words.partition("。")
                calm = line in (Line.NO_NETWORK, Line.CUT, Line.BUSY)
                self.trouble.say("info" if calm else "warn", f"{lead}。", rest)
            case ProtocolError():
                said = self.tr("跟县里的话对不上，先停下来了。没传的都在，报给县里。")
                self.trouble.say("bad", getattr(outcome, "words", "") or said)
            case Exception():  # a bug or the disk: the line under the top bar says which
                self.trouble.say(
                    "warn", self.tr("传到一半停下来了。"), self.tr("没传的都在。过一会儿点「现在上传」。")
                )
        self.browser_button.setVisible(line is Line.LOGIN)
        self.trouble.setVisible(line is not Line.OPEN)

    def show_unusual(self, outcomes: Sequence[SyncReport | Exception]) -> None:
        """What a round found that she should know of, as long as the lock stays open."""
        lead, text = unusual_words(outcomes)
        self.unusual.say("info", lead, text)
        self.unusual.setVisible(bool(lead))

    def _state(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(16))
        self.icon = Icon("check", 52, "ok")
        said = QVBoxLayout()
        said.setSpacing(theme.soft(2))
        self.lead, self.detail = words("", "title", wrap=True), words("", "body", "quiet", wrap=True)
        said.addWidget(self.lead)
        said.addWidget(self.detail)
        row.addWidget(self.icon)
        row.addLayout(said, 1)
        card.add(row)
        self.kinds = QWidget()
        self.kinds.setProperty("surface", "clear")
        self._kinds = FlowLayout(self.kinds, theme.soft(8))
        card.add(self.kinds)
        return card

    def _send(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.soft(14))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words(self.tr("连网上传"), "section"))
        self.last = words("", "body", "quiet", wrap=True)
        said.addWidget(self.last)
        row.addLayout(said, 1)
        self.now_button = Button(self.tr("现在上传"), "main", "sync")
        self.now_button.clicked.connect(self.asked)
        self.stop_button = Button(self.tr("停一停"))
        self.stop_button.clicked.connect(self.stopped)
        row.addWidget(self.now_button)
        row.addWidget(self.stop_button)
        card.add(row)
        card.add(self.going)
        return card
