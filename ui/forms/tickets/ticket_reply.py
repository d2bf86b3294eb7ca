"""去回话: how the citizen was told, what she was told, and the face she points at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.tickets import ticket_replies
from app.actions.tickets.ticket_replies import OPENS_AGAIN, Finer
from app.actions.tickets.ticket_views import Choices, Story
from app.domain.problem import Problem
from app.domain.tickets.ticket import ReplyMode, Ticket
from app.domain.tickets.ticket_terms import DECLINED, DIMENSIONS, FACES, FAMILY, SELF
from ui import theme
from ui.forms.panel import Panel, Work
from ui.forms.tickets.face_screen import SCORE, FaceScreen
from ui.forms.tickets.pay_question import PayQuestion
from ui.forms.tickets.ticket_words import reply_modes, visitor
from ui.widgets.banner import Note
from ui.widgets.choice import ChoiceGroup
from ui.widgets.field import Field
from ui.widgets.five_faces import FiveFaces
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

ON_VISIT = "visit"  # told face to face, in the visit of today


class ReplyPanel(Panel):
    """回了话 (M-22): takes the whole width, because the elder points at it."""

    wide = True

    def __init__(self, story: Story, choices: Choices) -> None:
        who = visitor(story.ticket)
        super().__init__("", self.tr("回了话，记下来"))
        self.setAccessibleName(self.tr("去回话：告诉{who}").format(who=who))
        self._ticket = story.ticket.id
        self.mode = ChoiceGroup([*reply_modes(), (ON_VISIT, self.tr("走访时"))])
        self.pay = PayQuestion(choices.today)
        self._finer: dict[str, int] = {}
        self.words = LineBox()
        self.words.set_value(story.ticket.result)
        self.faces = FiveFaces()
        self.rated = ChoiceGroup(
            [
                (SELF, self.tr("本人指的")),
                (FAMILY, self.tr("家里人代指")),
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
        mode = Field("reply_mode", self.tr("怎么告诉{who}的").format(who=who), self.mode)
        told = Field("reply", self.tr("怎么说的"), self.words)
        self.put(mode, told, self._faces(), self.again, self.pay)

    def start(self) -> None:
        """How she was told."""
        self.mode.setFocus(Qt.FocusReason.OtherFocusReason)

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
        return (*found, *self.pay.problems())

    def answers(self) -> dict[str, str]:
        """What was begun, with the finer faces that only the elder's screen shows."""
        return super().answers() | {key: str(score) for key, score in self._finer.items()}

    def restore(self, answers: Mapping[str, str]) -> None:
        """Put back what was begun."""
        super().restore(answers)
        self._finer = {key: int(answers[key]) for key in DIMENSIONS if answers.get(key, "").isdigit()}
        self._say_finer()

    def work(self) -> Work:
        """The citizen has been told."""
        ticket, told, on_visit = self._ticket, self.words.value(), self.mode.value() == ON_VISIT
        mode = ReplyMode.FACE if on_visit else ReplyMode(self.mode.value())
        finer = Finer(**self._finer) if self.faces.value() else Finer()
        pays_on = self.pay.pays_on()
        score = self.faces.value() or None
        by = self.rated.value()

        def tell(desk: Desk) -> Ticket:
            return ticket_replies.reply(
                desk,
                ticket,
                mode=mode,
                words=told,
                satisfaction=score,
                rated_by=by,
                finer=finer,
                visit=ticket_replies.visit_of_today(desk, ticket) if on_visit else "",
                pays_on=pays_on,
            )

        return tell

    def turn(self) -> None:
        """Show the faces alone on the whole window."""
        screen = FaceScreen(self.window(), {SCORE: self.faces.value(), **self._finer})
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
        self.finer = words("", "body", "quiet", wrap=True)
        self.finer.hide()
        column.addWidget(self.finer)
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

    def _turned_back(self, scores: dict[str, int]) -> None:
        score = scores[SCORE]
        self._finer = {key: value for key, value in scores.items() if key != SCORE and value}
        self.faces.set_value(score)
        if score and not self.rated.value():
            self.rated.set_value(SELF)
        self._say_finer()
        self._pointed()
        self.rated.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_finer(self) -> None:
        said = "。".join(f"{DIMENSIONS[key]}：{FACES[value]}" for key, value in self._finer.items())
        self.finer.setText(said)
        self.finer.setVisible(bool(said))
