"""What every page is: a title row, a body, and a foot that stays in sight; and how it asks for store work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problem import Problem, UserError
from ui import notices, theme
from ui.forms.syncing.where_foot import WhereFoot
from ui.tasks import Tasks
from ui.widgets import tab_order
from ui.widgets.banner import Note
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, words

__all__ = ["Page", "scrolled"]

T = TypeVar("T")
SIDE = 20
TWO_PANES = 48  # characters of content width from which two panes stand side by side


class FilledButton:
    """The filled button of a page. One that was deleted with the form it stood on is none at all."""

    def __get__(self, page: Page, _kind: type | None = None) -> Button | None:
        button: Button | None = getattr(page, "_primary", None)
        return button if button is not None and shiboken6.isValid(button) else None

    def __set__(self, page: Page, button: Button | None) -> None:
        page._primary = button


class Page(QWidget):
    """Base of all pages. Subclasses build into `self.body` and override `open`, `refresh`, `leave`.

    Pages never import pages: they emit `navigate(name, params)` and the window goes there.
    Set `primary` to the filled button of the page: Ctrl+Enter presses it.
    """

    navigate = Signal(str, dict)
    title = ""
    primary = FilledButton()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.primary = None
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(SIDE), theme.soft(14), theme.soft(SIDE), theme.soft(16))
        column.setSpacing(theme.soft(12))
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.soft(12))
        self.title_label = words(self.title, "title")
        self.subtitle_label = words("", "body", "quiet")
        self.left, self.right = QHBoxLayout(), QHBoxLayout()
        self._head.addLayout(self.left)
        self._head.addWidget(self.title_label)
        self._head.addWidget(self.subtitle_label)
        self.beside = QHBoxLayout()  # a pill right after the words
        self._head.addLayout(self.beside)
        self._head.addStretch(1)
        self._head.addLayout(self.right)
        column.addLayout(self._head)
        self.note = Note("bad", "")
        self.note.hide()
        column.addWidget(self.note)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.soft(12))
        column.addLayout(self.body, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.soft(12))
        column.addLayout(self.foot)
        self.where = WhereFoot(self)
        self._in_line = QTimer(self, singleShot=True, interval=0)
        self._in_line.timeout.connect(self._read_title_first)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the words of the title row."""
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))
        self.setAccessibleName(title)
        self._in_line.start()

    def title_fits(self) -> bool:
        """False when the words of the title row and what stands beside them need more than the width."""
        rows = (self.left, self.beside, self.right)
        parts = [row.itemAt(place).widget() for row in rows for place in range(row.count())]
        shown = [one for one in (self.title_label, self.subtitle_label, *parts) if one and not one.isHidden()]
        needed = sum(one.sizeHint().width() + self._head.spacing() for one in shown) - self._head.spacing()
        return needed <= self.width() - 2 * theme.soft(SIDE)

    def open(self, **params: Any) -> None:
        """Called each time the window comes here, with what `navigate` carried."""
        self.refresh()

    def refresh(self) -> None:
        """Ask the store again and show what it says. Called when records changed behind the page."""

    def leave(self) -> None:
        """Called when the window goes elsewhere or locks: keep drafts, hide what must not stay in sight."""

    def run(
        self,
        work: Callable[[Any], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work(desk)` on the store's thread, then `done(result)` here.

        Without `failed`, what the worker can mend is shown beside its field or on top of the page;
        anything else goes to `notices`.
        """
        self.tasks.run(self, work, done, failed or self.show_error)

    def show_error(self, error: Exception) -> None:
        """The page's own way of saying what went wrong."""
        if isinstance(error, UserError):
            self.show_problems(error.problems)
        else:
            notices.fault(error)

    def unsaved(self) -> bool:
        """True when something typed here could not be written to disk; the page must not go away."""
        return False

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside the field named `problem.field`, the rest into one note under the title."""
        loose, first = [], None
        for problem in problems:
            field = self.findChild(QWidget, f"field:{problem.field}") if problem.field else None
            if field is not None and hasattr(field, "show_problem"):
                field.show_problem(problem)
                first = first or field
            else:
                loose.append(problem.words)
        self.note.setVisible(bool(loose))
        if loose:
            self.note.say("bad", loose[0], "\n".join(loose[1:]))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_problems(self) -> None:
        """Take the page's note away; fields clear their own when they change."""
        self.note.hide()

    def focus_first(self) -> None:
        """Put the focus where `open` put it, else on the filled button, else on the first control."""
        now = self.window().focusWidget()  # kept even while another program is in front
        if now is not None and self.isAncestorOf(now):
            return
        if self.primary is not None and self.primary.isEnabled():
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for one in self.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(self) and one.isEnabled():
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _read_title_first(self) -> None:
        """Whatever was built first: the title row is read before what stands under it."""
        head = (self.left, self.beside, self.right)
        above = [row.itemAt(place).widget() for row in head for place in range(row.count())]
        tab_order.lead(self, [one for one in above if one is not None])

    def wide(self) -> bool:
        """True when two panes fit side by side (content width of 48 characters or more)."""
        return self.width() / theme.em(21.3) >= TWO_PANES
