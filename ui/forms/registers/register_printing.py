"""What of the registers goes on paper, and where she comes back to: the page of papers does the rest."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions import other_papers
from app.actions.registers.books import Book
from app.domain.registers.period import Period
from app.domain.registers.public_notice import PublicNotice
from ui.forms.panel import Ask
from ui.forms.registers import register_flow
from ui.forms.registers.entry_view import EntryView
from ui.forms.registers.register_list import RegisterList


class RegisterPrinting(QObject):
    """`went(page, params)` with the paper of what is in sight in `shown` or `view`."""

    went = Signal(str, dict)

    def __init__(self, shown: RegisterList, view: EntryView, ask: Ask) -> None:
        super().__init__(view)
        self._shown, self._view, self._ask = shown, view, ask
        view.print_asked.connect(self._line)
        view.photos_print_asked.connect(self._photos)

    def book(self) -> None:
        """The register of the days in sight, for the binder."""
        book, days = self._shown.book, self._shown.period
        self._ask(
            lambda desk: register_flow.book_subject(desk, book, days),
            lambda subject: self._go(other_papers.REGISTER, subject),
        )

    def empty_minutes(self) -> None:
        """Minutes to take along."""
        self._go(other_papers.EMPTY_MINUTES, "")

    def stamps(self, quarter: Period) -> None:
        """The stamps of a quarter, for the wall; once out they are entered as posted."""
        self._go(other_papers.STAMPS, quarter.key, then=("registers", {"posted": quarter.key}))

    def _line(self) -> None:
        line = self._view.line
        if isinstance(line, PublicNotice):
            self.went.emit("paperwork", {"household": line.household, "items": (line.item,)})
        elif line is not None:
            self._go(other_papers.MINUTES, line.id, {"book": Book.REVIEW, "line": line.id})

    def _photos(self) -> None:
        if (line := self._view.photos.line) is not None:
            self._go(other_papers.PHOTOS, line.id, {"book": self._shown.book, "line": line.id})

    def _go(self, document: str, subject: str, back: dict[str, Any] | None = None, **more: Any) -> None:
        there = ("registers", back or {"book": self._shown.book})
        self.went.emit("paper", {"document": document, "subject": subject, "back": there, **more})
