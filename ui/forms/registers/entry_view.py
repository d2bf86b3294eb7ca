"""One line of a register, opened: everything it says, what became of it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.actions.registers.listing import Shelf
from app.actions.registers.writing import Line
from app.domain.registers.pictures import Pictured, pictures_of
from app.domain.registers.public_notice import Hanging, PublicNotice
from app.domain.registers.review import Review
from ui import theme
from ui.forms.registers.line_photos import LinePhotos
from ui.forms.registers.objections import Objections
from ui.forms.registers.register_words import facts, title
from ui.tasks import Tasks
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.confirm import Confirm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import scrolled
from ui.widgets.words import Button, Sentence, words

NAME_WIDTH = 150


class EntryView(QWidget):
    """`amend`, `taken_back`, `print_asked`, `photos_print_asked`, `down` for what is pressed;
    `objected(words, by)` and `handled(place, words)` for the people who disagree with a notice."""

    amend = Signal()
    taken_back = Signal()
    print_asked = Signal()
    photos_print_asked = Signal()
    down = Signal()
    objected = Signal(str, str)
    handled = Signal(int, str)
    lacking = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        self.line: Line | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.soft(12))
        self.holder = QVBoxLayout()
        self.holder.setContentsMargins(0, 0, theme.soft(8), 0)
        self.holder.setSpacing(theme.soft(12))
        self.gone = Note("info", "")
        self.card: Card | None = None
        self.objections = Objections()
        self.photos = LinePhotos(tasks)
        self.holder.addWidget(self.gone)
        self.holder.addWidget(self.photos)
        self.holder.addWidget(self.objections)
        self.holder.addStretch(1)
        self.confirm = Confirm()
        outer.addWidget(scrolled(self.holder), 1)
        outer.addWidget(self.confirm)
        outer.addWidget(self._foot())
        self.objections.objected.connect(self.objected)
        self.objections.handled.connect(self.handled)
        self.confirm.agreed.connect(self.taken_back)

    @property
    def primary(self) -> Button | None:
        """The filled button, where there is something to do next."""
        return self.down_button if self.down_button.isVisibleTo(self) else None

    def show_line(self, line: Line, shelf: Shelf) -> None:
        """Show everything `line` says."""
        self.line = line
        standing = line.id not in shelf.answered and not line.void
        if self.card is not None:
            self.holder.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        self.card = self._facts(line, shelf)
        self.holder.insertWidget(1, self.card)
        said = (
            self.tr("这一笔更正过了，两笔都留。")
            if line.id in shelf.answered
            else self.tr("这一笔作废了，留着给人看。")
        )
        self.gone.say("info", said)
        self.gone.setVisible(not standing)
        notice = line if isinstance(line, PublicNotice) and standing else None
        self.objections.setVisible(notice is not None)
        if notice is not None:
            self.objections.show_notice(notice)
        self.photos.show_line(line, standing=standing)
        self._pictured(self.photos.line)
        self.confirm.hide()
        self.amend_button.setVisible(standing)
        self.void_button.setVisible(standing)
        self.print_button.setText(self.tr("打会议记录") if isinstance(line, Review) else self.tr("打公示"))
        self.print_button.setVisible(standing and _printable(line))
        self.down_button.setVisible(notice is not None and _may_come_down(notice, shelf))

    def _pictured(self, line: Pictured | None) -> None:
        self.photos_button.setVisible(line is not None and bool(pictures_of(line)))

    def start(self) -> None:
        """The focus goes to what is to be done next, or to the correction; among pictures it stays."""
        now = self.window().focusWidget()
        if now is not None and self.photos.isAncestorOf(now):
            return
        (self.primary or self.amend_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self, line: Line, shelf: Shelf) -> Card:
        card = Card(title(line, shelf))
        holder = QWidget()
        holder.setProperty("surface", "clear")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.soft(16))
        grid.setVerticalSpacing(theme.soft(8))
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(facts(line, shelf)):
            label = words(name, "body", "quiet")
            label.setMinimumWidth(theme.soft(NAME_WIDTH))
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Sentence(value, "label"), place, 1)
        card.add(holder)
        return card

    def _foot(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = FlowLayout(holder, theme.soft(12))
        self.amend_button = Button(self.tr("写错了，更正"), "", "pen")
        self.void_button = Button(self.tr("不该记的，作废"), "danger")
        self.print_button = Button(self.tr("打会议记录"), "", "print")
        self.photos_button = Button(self.tr("打照片"), "", "camera")
        self.down_button = Button(self.tr("撤下来了"), "main", "check")
        self.amend_button.clicked.connect(self.amend)
        self.void_button.clicked.connect(self._ask)
        self.print_button.clicked.connect(self.print_asked)
        self.photos_button.clicked.connect(self.photos_print_asked)
        self.photos.kept.connect(self._pictured)
        self.down_button.clicked.connect(self.down)
        for button in (self.amend_button, self.void_button, self.print_button, self.photos_button):
            row.addWidget(button)
        row.addWidget(self.down_button)
        return holder

    def _ask(self) -> None:
        said = self.tr("这一笔作废？作废了不算数，可还看得见。")
        self.confirm.ask(said, self.tr("作废这一笔"), self.tr("留着"))


def _printable(line: Line) -> bool:
    """Minutes to be signed, and the notice of a family."""
    return isinstance(line, Review) or (isinstance(line, PublicNotice) and bool(line.person))


def _may_come_down(notice: PublicNotice, shelf: Shelf) -> bool:
    """Before its last day is over a notice stays where it is."""
    return notice.state is Hanging.UP and (notice.until is None or notice.over(shelf.today))
