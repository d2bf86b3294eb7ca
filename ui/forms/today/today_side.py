"""Beside today's list: the three doors to new work, what was left unfinished, and how the month stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.actions.surveys.filling import Begun
from app.actions.tickets.ticket_drafts import NewTicket
from app.actions.today import Agenda
from app.actions.visits.visits import Unfinished
from app.domain.workdays import CHINA
from ui import theme
from ui.widgets.card import Card
from ui.widgets.words import Button, Icon, words


class Doors(QWidget):
    """新走访 (the filled one), 新首访单, 打办事清单: in a column, or in a row where the page is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, theme.soft(12))  # a grid leaves no gap beside a spanning cell
        self._box.setSpacing(theme.soft(12))
        self.visit = Button(self.tr("新走访"), "maindoor", "visit")
        self.ticket = Button(self.tr("新首访单"), "door", "ticket")
        self.checklist = Button(self.tr("打办事清单"), "door", "list")
        for button in (self.visit, self.ticket, self.checklist):
            self._box.addWidget(button)

    def lie(self, across: bool) -> None:
        """In a row (`across`) or below each other."""
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)


class UnfinishedCard(Card):
    """没写完的 n 份: the visit, the ticket and the questionnaire begun last, to go on with.

    `resumed` carries the visit's draft, "" asks for all of them; `ticket_resumed` and `survey_resumed` carry
    theirs.
    """

    resumed = Signal(str)
    ticket_resumed = Signal(str)
    survey_resumed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.head.insertWidget(0, Icon("pen", 24))
        self.about, self.about_ticket, self.about_survey = (
            words("", "body", "quiet", wrap=True) for _ in range(3)
        )
        self.go_on, self.go_on_ticket = (Button(self.tr("接着写"), "small") for _ in range(2))
        self.go_on_survey = Button(self.tr("接着问"), "small")
        self.others = Button(self.tr("都看看"), "text")
        self.head.addWidget(self.others)
        self.body.setSpacing(theme.soft(6))
        for about, button in self._lines():
            row = QHBoxLayout()
            row.addWidget(about, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.add(row)
        self._draft = self._ticket = self._survey = ""
        self.go_on_survey.clicked.connect(lambda: self.survey_resumed.emit(self._survey))
        self.go_on_ticket.clicked.connect(lambda: self.ticket_resumed.emit(self._ticket))
        self.go_on.clicked.connect(lambda: self.resumed.emit(self._draft))
        self.others.clicked.connect(lambda: self.resumed.emit(""))
        self.hide()

    def show_drafts(
        self,
        visits: tuple[Unfinished, ...],
        tickets: tuple[NewTicket, ...] = (),
        surveys: tuple[Begun, ...] = (),
    ) -> None:
        """Show the latest of each kind; without any the card is not there."""
        many = len(visits) + len(tickets) + len(surveys)
        self.setVisible(many > 0)
        self.set_title(self.tr("没写完的 {n} 份").format(n=many))
        self._survey = surveys[0].draft if surveys else ""
        self._draft = visits[0].visit.id if visits else ""
        self._ticket = tickets[0].id if tickets else ""
        said = (
            draft_words(visits[0]) if visits else "",
            ticket_words(tickets[0]) if tickets else "",
            survey_words(surveys[0]) if surveys else "",
        )
        for text, (about, button) in zip(said, self._lines(), strict=True):
            about.setText(text)
            button.setAccessibleName(self.tr("接着写{what}").format(what=text))
            about.setVisible(bool(text))
            button.setVisible(bool(text))
        self.others.setVisible(len(visits) > 1)

    def _lines(self) -> tuple[tuple[QLabel, Button], ...]:
        return (
            (self.about, self.go_on),
            (self.about_ticket, self.go_on_ticket),
            (self.about_survey, self.go_on_survey),
        )


class MonthCard(Card):
    """本月走访 41 / 65 户, and how many ended matters cost nobody a second trip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.visited = words("", "label")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.add(self._line(self.tr("本月走访"), self.visited))
        self.add(self.bar)
        self._spared = QWidget()
        self.spared = words("", "label")
        line = self._line(self.tr("没让人白跑"), self.spared)
        self._spared.setLayout(line)
        self.add(self._spared)

    def show_month(self, agenda: Agenda) -> None:
        """Fill in; a line with nothing to count is left out."""
        self.setVisible(bool(agenda.to_visit or agenda.finished))
        many = self.tr("{n} / {all} 户").format(n=agenda.visited, all=agenda.to_visit)
        self.visited.setText(many)
        self.bar.setMaximum(max(agenda.to_visit, 1))
        self.bar.setValue(agenda.visited)
        self.bar.setAccessibleName(self.tr("本月走访 {many}").format(many=many))
        self.spared.setText(self.tr("{n} / {all} 件").format(n=agenda.one_trip, all=agenda.finished))
        self._spared.setVisible(agenda.finished > 0)

    def _line(self, name: str, value: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(8))
        row.addWidget(words(name, "label"))
        row.addStretch(1)
        row.addWidget(value)
        return row


class Cards(QWidget):
    """The two cards below the doors. On a low page, as under a line of warning, the month gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.unfinished = UnfinishedCard()
        self.month = MonthCard()
        column.addWidget(self.unfinished)
        column.addStretch(1)
        column.addWidget(self.month)

    def show_agenda(self, agenda: Agenda) -> None:
        """Fill both."""
        self.unfinished.show_drafts(agenda.unfinished, agenda.begun, agenda.surveys)
        self.month.show_month(agenda)
        self._counted = not self.month.isHidden()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is to be done before what was done."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        begun = self.unfinished.sizeHint().height() if not self.unfinished.isHidden() else 0
        needed = begun + theme.soft(12) + self.month.sizeHint().height()
        self.month.setVisible(self._counted and self.height() >= needed)


def draft_words(draft: Unfinished) -> str:
    """`田国富家走访，写到 14:32`: whose visit it is and when it was last saved."""
    home = draft.head if draft.head == draft.household.place else f"{draft.head}家"
    at = draft.saved_at.astimezone(CHINA)
    return f"{home}走访，写到 {at:%H:%M}"


def ticket_words(new: NewTicket) -> str:
    """`蒋桂英的首访单`, or `一张首访单` when it was not put down yet who came."""
    return f"{new.name}的首访单" if new.name else "一张首访单"


def survey_words(begun: Begun) -> str:
    """`困难家庭情况问卷，蒋桂英，答了 4 题`."""
    return f"{begun.title}，{begun.who or '不记名'}，答了 {begun.answered} 题"
