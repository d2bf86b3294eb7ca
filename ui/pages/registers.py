"""台账: the village's registers — a list, a line opened, a line written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions.desk import Desk
from app.actions.registers import due, listing
from app.actions.registers.books import Book
from app.actions.registers.due import Wants
from app.actions.registers.listing import KINDS, Shelf
from app.actions.registers.writing import Line
from app.domain.registers import period as periods
from app.domain.registers.period import Period
from ui.forms.registers import register_flow
from ui.forms.registers.entry_flow import EntryFlow
from ui.forms.registers.entry_view import EntryView
from ui.forms.registers.register_form import RegisterForm
from ui.forms.registers.register_list import RegisterList
from ui.forms.registers.register_printing import RegisterPrinting
from ui.forms.registers.register_writing import RegisterWriting
from ui.pages.page import Page
from ui.tasks import Tasks
from ui.widgets.words import Button


class RegisterHead:
    """What stands beside the title: the way back, printing, and the door to a new line."""

    def __init__(self, page: Page) -> None:
        self.back = Button(page.tr("回台账"), "", "left")
        self.blank = Button(page.tr("打空白记录"), "", "print")
        self.print = Button(page.tr("打这一本"), "", "print")
        self.begin = Button(page.tr("记一笔"), "main", "plus")
        page.left.addWidget(self.back)
        for button in (self.blank, self.print, self.begin):
            page.right.addWidget(button)

    def show_list(self, book: Book, *, some: bool) -> None:
        """The register is in sight."""
        self.back.hide()
        self.blank.setVisible(book is Book.REVIEW)
        self.print.setVisible(some)
        self.begin.show()

    def show_inside(self) -> None:
        """Only the way back."""
        self.back.show()
        for button in (self.blank, self.print, self.begin):
            button.hide()


class RegistersPage(Page):
    """`open()` shows the register in sight, `open(book=)` another one, `open(book=, line=)` one line;
    `open(new=, household=, item=, person=)` begins a line; `open(post=True)` prints the stamps to post, and
    `open(posted=)` enters them as posted; `open(task=)` does what the day's list asks for, `open(key=)`
    finds the register of a line itself."""

    title = "台账"

    def __init__(
        self, tasks: Tasks, doors: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, parent)
        self.head = RegisterHead(self)
        self.list = RegisterList(doors)
        self.view = EntryView(tasks)
        self._line = ""
        self.stack = QStackedWidget()
        self.writing = RegisterWriting(self.stack, self.run)
        for one in (self.list, self.view):
            self.stack.addWidget(one)
        self.body.addWidget(self.stack, 1)
        self.flow = EntryFlow(self.view, self.run)
        self.printing = RegisterPrinting(self.list, self.view, self.run)
        self._connect()

    def open(self, **params: Any) -> None:
        """The list, a line, a new line, or the stamps to post."""
        self.clear_problems()
        params = _asked(str(params.get("task") or "")) or params
        book = Book(str(params.get("new") or params.get("book") or self.list.book.value))
        if book is not self.list.book:
            self.list.turn(book)
        self._line = str(params.get("line") or "")
        if key := str(params.get("key") or ""):
            self.run(lambda desk: listing.book_of(desk, key), lambda found: self.open(book=found, line=key))
        elif params.get("post"):
            self.run(due.seals_owed, self._post)
        elif quarter := str(params.get("posted") or ""):
            self._enter_posted(quarter)
        elif params.get("new"):
            self.writing.begin(book, _known(params), str(params.get("period") or ""))
        elif self.writing.form is None or params:
            self._leave()
            self.refresh()

    def refresh(self) -> None:
        """Ask again. A form being written is left alone."""
        if self.writing.form is not None:
            return
        book, query, key, line = self.list.book, self.list.box.query(), self.list.period, self._line
        sorts = self.list.sieve.chosen()

        def look(desk: Desk) -> tuple[Shelf, Line | None]:
            found: Any = desk.store.reading.find(KINDS[book], line) if line else None
            if found:
                return listing.shelf(desk, book, "", periods.ever()), found
            return listing.shelf(desk, book, query, register_flow.stretch(key, desk), sorts), None

        self.run(look, lambda told: self._show(*told))

    def leave(self) -> None:
        """Keep what is being written, and let go of pictures taken out."""
        self.writing.hold()
        self.view.photos.clear()

    def _connect(self) -> None:
        head, shown, writing, view = self.head, self.list, self.writing, self.view
        head.back.clicked.connect(self._back)
        for signal in (head.begin.clicked, shown.begun, shown.resumed):
            signal.connect(lambda: writing.begin(shown.book))
        head.print.clicked.connect(self.printing.book)
        head.blank.clicked.connect(self.printing.empty_minutes)
        self.printing.went.connect(self.navigate)
        shown.asked.connect(self.refresh)
        shown.opened.connect(lambda line: self.open(line=line))
        shown.discarded.connect(lambda: writing.discard(shown.book))
        shown.owed.connect(lambda: self.open(post=True))
        shown.went.connect(lambda page: self.navigate.emit(page, {}))
        writing.shown.connect(self._form_shown)
        for done in (writing.written, writing.left, self.flow.gone):
            done.connect(self._back)
        for changed in (writing.undone, self.flow.changed):
            changed.connect(self.refresh)
        writing.lacking.connect(self._lacking)
        writing.spared.connect(lambda code: self.navigate.emit("checklists", {"new": True, "item": code}))
        view.amend.connect(lambda: view.line and writing.amend(shown.book, view.line))

    def _leave(self) -> None:
        self.clear_problems()
        self.writing.drop()
        self.view.photos.clear()
        self._posting = None
        self.stack.setCurrentWidget(self.list)

    def _back(self) -> None:
        self._leave()
        self._line = ""
        self.refresh()

    def _show(self, shelf: Shelf, line: Line | None) -> None:
        if self.writing.form is not None or shelf.book is not self.list.book:
            return  # the worker has gone on meanwhile
        if line is not None and line.id == self._line:
            self.view.show_line(line, shelf)
            self._inside(self.view, shelf.book.words)
            self.where.tell(line.TYPE, line.id)
            self.primary = self.view.primary
            self.view.start()
            return
        searching = self.list.asking()
        self.list.show_shelf(shelf)
        self.stack.setCurrentWidget(self.list)
        self.set_title(self.tr("台账"))
        self.where.tell()
        self.head.show_list(shelf.book, some=shelf.total > 0)
        self.primary = self.head.begin
        if not searching:
            self.list.start()

    def _inside(self, shown: QWidget, title: str) -> None:
        self.stack.setCurrentWidget(shown)
        self.set_title(title)
        self.head.show_inside()

    def _form_shown(self, form: RegisterForm) -> None:
        self.where.tell()
        said = self.tr("更正{book}") if form.amends else self.tr("记一笔{book}")
        self.clear_problems()
        self._inside(form, said.format(book=form.book.short))
        self.primary = form.save

    def _lacking(self, lacking: Any) -> None:
        self.clear_problems()
        if isinstance(lacking, Exception):
            self.show_error(lacking)
        else:
            self.show_problems(lacking)

    def _post(self, period: Period | None) -> None:
        if period is None:
            self._back()
            return
        self.printing.stamps(period)

    def _enter_posted(self, quarter: str) -> None:
        """What goes on the wall is entered as posted."""
        self._leave()
        self.list.turn(Book.NOTICE)
        posted = register_flow.seals_posted(periods.of_key(quarter))
        self.writing.begin(Book.NOTICE, lambda _desk: posted, quarter)


def _asked(task: str) -> dict[str, Any]:
    """What an entry of the day's list wants of this page (see `app.actions.registers.day_entries`)."""
    wants, _, rest = task.partition(" ")
    match wants:
        case Wants.TAKE_DOWN:
            return {"book": Book.NOTICE, "line": rest}
        case Wants.POST_SEALS:
            return {"book": Book.SEAL, "post": True}
        case Wants.UPDATE:
            return {"new": Book.NOTICE, "answers": register_flow.powers_updated(rest), "period": rest}
    return {}


def _known(params: dict[str, Any]) -> Callable[[Desk], dict[str, str]] | None:
    """What is known of a new line from where the worker comes; None when it is nothing."""
    household, item, person = (str(params.get(name) or "") for name in ("household", "item", "person"))
    if item:
        return lambda desk: register_flow.begun_notice(desk, household, item, person)
    given = dict(params.get("answers") or {})
    return (lambda _desk: given) if given else None
