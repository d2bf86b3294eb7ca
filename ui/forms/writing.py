"""A visit being written: the form with the words about its keeping, its signature and its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.visits import visit_sitting, visits
from app.actions.visits.visit_sitting import Sitting
from app.domain.problem import StorageFault, UserError
from app.domain.visits.form_words import met_words
from app.domain.visits.visit import Visit
from ui import notices, theme
from ui.forms.visits.visit_form import VisitForm
from ui.tasks import Tasks
from ui.widgets.banner import Note
from ui.widgets.chip import Chip
from ui.widgets.confirm import Confirm
from ui.widgets.words import Button


class Writing(QWidget):
    """`signed(visit id)` when it is locked, `left()` when it is put aside or thrown away, `printed(draft id)`
    when its sheet is asked for, kept up to the last letter.

    `head` belongs at the right end of the page's title row.
    """

    signed = Signal(str)
    left = Signal(str)
    printed = Signal(str)
    subtitle_changed = Signal()

    def __init__(self, tasks: Tasks, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks, self.sitting = tasks, sitting
        self.setProperty("surface", "clear")
        self._kept_at: datetime | None = None
        self.form = VisitForm(tasks, sitting)
        self.confirm, self.note = Confirm(), Note("bad", "")
        self.note.hide()
        self.again = Button(self.tr("再存一次"), "small")
        self.note.add_button(self.again)
        self.head = QWidget()
        self.head.setProperty("surface", "clear")
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.drop = Button(self.tr("这份不要了"), "text")
        self.chip = Chip(self.tr("已存好"), "ok", "check")
        row.addWidget(self.drop)
        row.addWidget(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(10))
        for item in (self.note, self.confirm):
            column.addWidget(item)
        column.addWidget(self.form, 1)
        self._connect()

    def titles(self) -> Iterator[tuple[str, str]]:
        """Title and subtitle, from 「走访 · 蒋桂英家」「更正 · 月入户 · 在家，见到她」 to the name alone.

        Whoever shows them takes the first that fits; for the last one the time of keeping goes too.
        """
        session = self.form.session
        words = met_words(session.situation, self.sitting.form, self.sitting.name_of)
        kind = self.tr("更正 · ") if session.visit.amends else ""
        title = self.tr("走访 · {title}").format(title=self.sitting.title)
        self._say_kept()
        yield title, kind + words
        yield title, kind + words.partition(" · ")[0]
        yield title, ""
        yield self.sitting.title, ""
        self._say_kept(short=True)
        yield self.sitting.title, ""

    @property
    def unsaved(self) -> bool:
        """True when the disk refused the latest state."""
        return self.form.session.saver.unsaved

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title row has another width too."""
        super().resizeEvent(event)
        self.subtitle_changed.emit()

    def flush(self) -> None:
        """Nothing typed stays behind."""
        self.form.session.flush()

    def _connect(self) -> None:
        saver = self.form.session.saver
        saver.saved.connect(self._saved)
        saver.failed.connect(self._not_saved)
        self.again.clicked.connect(saver.send)
        self.form.subtitle_changed.connect(self.subtitle_changed)
        self.form.put_aside.connect(lambda: self.left.emit(self.tr("已存好，随时接着写。")))
        self.form.sign_asked.connect(self._sign)
        self.form.print_asked.connect(self._print)
        self.drop.clicked.connect(self._ask_drop)
        self.confirm.agreed.connect(self._throw_away)

    def _saved(self, at: datetime) -> None:
        self._kept_at = at
        self.chip.show()
        self.note.hide()
        self.subtitle_changed.emit()

    def _say_kept(self, *, short: bool = False) -> None:
        time = "" if short or self._kept_at is None else f" {self._kept_at:%H:%M}"
        self.chip.say(self.tr("已存好{time}").format(time=time), "ok", "check")

    def _not_saved(self, error: Exception) -> None:
        """M-04: what is on the screen is not on disk."""
        known = isinstance(error, StorageFault | UserError)
        why = error.words if isinstance(error, StorageFault | UserError) else ""
        if not known:
            notices.bug(error)
        self.chip.hide()
        self.note.say("bad", self.tr("这一格没存上，还在屏幕上，别关机。"), why)
        self.note.show()

    def _print(self) -> None:
        self.flush()
        self.printed.emit(self.form.session.visit.id)

    def _sign(self) -> None:
        session = self.form.session
        session.flush()
        visit = session.visit
        session.stop()
        self.form.next.setEnabled(False)
        self.tasks.run(self, lambda desk: visit_sitting.finish(desk, visit), self._locked, self._not_signed)

    def _locked(self, visit: Visit) -> None:
        self.signed.emit(visit.id)

    def _not_signed(self, error: Exception) -> None:
        self.form.next.setEnabled(True)
        self.form.session.saver.close(closed=False)
        if isinstance(error, UserError):
            self.form.forward()
        notices.fault(error)

    def _ask_drop(self) -> None:
        question = self.tr("{title}这份走访还没签，写的都不要了吗？").format(title=self.sitting.title)
        self.confirm.ask(question, self.tr("不要这份走访"), self.tr("留着"))

    def _throw_away(self) -> None:
        session = self.form.session
        session.stop()
        visit = session.visit.id
        self.tasks.run(
            self,
            lambda desk: visits.throw_away(desk, visit),
            lambda _nothing: self.left.emit(self.tr("这份走访不要了。")),
        )
