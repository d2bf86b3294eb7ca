"""去回话: how the citizen was told, what she was told, and the face she points at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.tickets import tickets
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.ticket import ReplyMode
from ui import theme
from ui.forms.tickets.ticket_panel import Panel, Work, takes_escape
from ui.forms.tickets.ticket_words import reply_modes, visitor
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.five_faces import FiveFaces
from ui.widgets.following import follow
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

DECLINED = "declined"
OPENS_AGAIN = 2  # a rating this low or lower opens the matter again (M-40)


class FaceScreen(QWidget):
    """The faces alone over the whole window, to turn the laptop round: `pointed(score)`, 0 for none."""

    pointed = Signal(int)

    def __init__(self, window: QWidget, score: int) -> None:
        super().__init__(window)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("请指一个"))
        column = QVBoxLayout(self)
        side = theme.soft(40)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.soft(24))
        question = words(self.tr("办得满意不满意？请您指一个"), "figure")
        question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(question)
        self.faces = FiveFaces()
        self.faces.set_value(score)
        for face in self.faces.faces:
            follow(face, lambda one: one.setMinimumHeight(theme.soft(300)))
        column.addStretch(1)
        column.addWidget(self.faces)
        column.addStretch(1)
        back = Button(self.tr("指好了，转回来"), "main")
        back.clicked.connect(self._back)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.faces.faces[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Esc is its own."""
        if takes_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc turns it back; nothing is lost."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        self.pointed.emit(self.faces.value())
        self.hide()
        self.deleteLater()


class ReplyPanel(Panel):
    """回了话 (M-22): takes the whole width, because the elder points at it."""

    wide = True

    def __init__(self, story: Story, _choices: Choices) -> None:
        who = visitor(story.ticket)
        super().__init__("", self.tr("回了话，记下来"))
        self.setAccessibleName(self.tr("去回话：告诉{who}").format(who=who))
        self._ticket = story.ticket.id
        self.mode = ChoiceGroup(reply_modes())
        self.words = LineBox()
        self.words.set_value(story.ticket.result)
        self.faces = FiveFaces()
        self.rated = ChoiceGroup(
            [
                ("本人", self.tr("本人指的")),
                ("家里人", self.tr("家里人代指")),
                (DECLINED, self.tr("不愿评")),
            ]
        )
        self.rated.set_label(self.tr("谁评的"))
        self.again = Note("warn", self.tr("记下以后，这张单要重新办，结果和回话都要再写。"))
        self.again.hide()
        self._turn = Button(self.tr("转过去给老人指"), "small", "eye")
        self._turn.clicked.connect(self.turn)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.turn)
        self.faces.changed.connect(self._pointed)
        self.rated.changed.connect(self._rated)
        told = QWidget()
        told.setProperty("surface", "clear")
        self._told = QBoxLayout(QBoxLayout.Direction.LeftToRight, told)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(theme.soft(20))
        self._told.addWidget(Field("reply_mode", self.tr("怎么告诉{who}的").format(who=who), self.mode), 1)
        self._told.addWidget(Field("reply", self.tr("怎么说的"), self.words), 1)
        self.put(told, self._faces(), self.again)

    def start(self) -> None:
        """How she was told."""
        self.mode.setFocus(Qt.FocusReason.OtherFocusReason)

    def stack(self, *, narrow: bool) -> None:
        """Side by side only where there is room."""
        way = QBoxLayout.Direction
        self._told.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def problems(self) -> tuple[Problem, ...]:
        """How she was told, and who pointed when a face was pointed at."""
        found = []
        if not self.mode.value():
            found.append(Problem("reply_mode", self.tr("还没告诉群众，不能归档。怎么告诉的？")))
        if not self.words.value():
            found.append(Problem("reply", self.tr("怎么说的？写一句。")))
        if self.faces.value() and not self.rated.value():
            found.append(Problem("rated_by", self.tr("是谁指的？选一个。")))
        elif not self.faces.value() and self.rated.value() not in ("", DECLINED):
            found.append(Problem("rated_by", self.tr("指的哪一个？选一张脸，或者选「不愿评」。")))
        return tuple(found)

    def work(self) -> Work:
        """The citizen has been told."""
        ticket, mode, told = self._ticket, ReplyMode(self.mode.value()), self.words.value()
        score = self.faces.value() or None
        by = self.tr("不愿评") if self.rated.value() == DECLINED else self.rated.value()
        return lambda desk: tickets.reply(
            desk, ticket, mode=mode, words=told, satisfaction=score, rated_by=by
        )

    def turn(self) -> None:
        """Show the faces alone on the whole window."""
        screen = FaceScreen(self.window(), self.faces.value())
        screen.pointed.connect(self._turned_back)
        self.destroyed.connect(screen.deleteLater)  # the lock takes it along

    def _faces(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        top = QHBoxLayout()
        question = words(self.tr("办得满意不满意？请老人指一个（可不填）"), "label", wrap=True)
        top.addWidget(question, 1)
        top.addWidget(self._turn)
        column.addLayout(top)
        column.addWidget(self.faces)
        column.addWidget(Field("rated_by", "", self.rated))
        return holder

    def _pointed(self) -> None:
        if self.rated.value() == DECLINED:
            self.rated.set_value("")
        self.again.setVisible(0 < self.faces.value() <= OPENS_AGAIN)

    def _rated(self) -> None:
        if self.rated.value() == DECLINED:
            self.faces.set_value(0)
            self.again.hide()

    def _turned_back(self, score: int) -> None:
        self.faces.set_value(score)
        if score and not self.rated.value():
            self.rated.set_value("本人")
        self._pointed()
        self.rated.setFocus(Qt.FocusReason.OtherFocusReason)
