"""谁能开这台电脑: who has a way in and as what, letting a colleague in, taking one out, changing the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.actions.entry.gate import WorkerCard
from app.domain.problem import Problem
from app.domain.roles import Role
from ui import notices, theme
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.choice import ChoiceGroup
from ui.widgets.confirm import Confirm
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, words

Failed = Callable[[Exception], None]


class People(Protocol):
    """Who may come in; slow work answers through the callbacks."""

    @property
    def me(self) -> str: ...

    @property
    def sound(self) -> bool: ...

    def people(self) -> Sequence[WorkerCard]: ...

    def let_in(
        self, name: str, role: Role, passphrase: str, done: Callable[[], None], failed: Failed
    ) -> None: ...

    def shut_out(self, worker: str, done: Callable[[], None], failed: Failed) -> None: ...

    def start_over(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None: ...


class PeopleCard(Card):
    """`failed(error)` when something was refused; `change_asked` when the data key is to be changed."""

    failed = Signal(object)
    change_asked = Signal()

    def __init__(self, people: People) -> None:
        super().__init__("")
        self.set_title(self.tr("谁能开这台电脑"))
        self._people = people
        self.note = Note("bad", "")
        self.note.hide()
        self.add(self.note)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme.soft(6))
        self.add(self.rows)
        self.confirm = Confirm()
        self.add(self.confirm)
        self.new_person = NewPerson()
        self.new_person.hide()
        self.new_person.asked.connect(self._let_in)
        self.add(self.new_person)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        self.add_button = Button(self.tr("加一个人"), "", "plus")
        self.change_button = Button(self.tr("换一把钥匙"), "", "swap")
        self.change_button.setToolTip(self.tr("有人离开，或电脑离过身，就换。各人的口令不变。"))
        self.add_button.clicked.connect(self._open_form)
        self.change_button.clicked.connect(self._ask_change)
        row.addWidget(self.add_button)
        row.addWidget(self.change_button)
        row.addStretch(1)
        self.add(row)
        self._doing: Callable[[], None] = lambda: None
        self.confirm.agreed.connect(lambda: self._doing())

    def show_people(self) -> None:
        """Who has a way in now."""
        while self.rows.count():
            old = self.rows.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for card in self._people.people():
            self.rows.addWidget(self._row(card))
        self._say_state()

    def clear(self) -> None:
        """Secrets do not stay on a page that is not looked at."""
        self.new_person.clear()
        self.new_person.hide()
        self.add_button.show()
        self.confirm.hide()

    def _row(self, card: WorkerCard) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        row.addWidget(words(card.name, "strong"))
        row.addWidget(Chip(card.role.words))
        if card.worker == self._people.me:
            row.addWidget(words(self.tr("您自己"), "body", "quiet"))
        row.addStretch(1)
        if card.worker != self._people.me:
            button = Button(self.tr("去掉"), "small")
            button.setAccessibleName(self.tr("去掉{name}").format(name=card.name))
            button.clicked.connect(lambda: self._ask_out(card))
            row.addWidget(button)
        return holder

    def _say_state(self) -> None:
        sound = self._people.sound
        if not sound:
            self.note.say(
                "bad",
                self.tr("钥匙文件被人动过。资料没有动，您照常能用。"),
                self.tr(
                    "分不清哪些是别人加进去的：在「换口令」里换一次，就只留您自己；别人和恢复码再重新加。"
                ),
            )
        self.note.setVisible(not sound)
        self.add_button.setEnabled(sound)
        self.change_button.setEnabled(sound)

    def _open_form(self) -> None:
        self.add_button.hide()
        self.new_person.show()
        self.new_person.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_in(self, name: str, role: Role, passphrase: str) -> None:
        def done() -> None:
            self.clear()
            self.show_people()
            notices.saved(self.tr("{name}能开了。").format(name=name))

        self._people.let_in(name, role, passphrase, done, self.failed.emit)

    def _ask_out(self, card: WorkerCard) -> None:
        self._doing = lambda: self._people.shut_out(card.worker, self._went_out, self.failed.emit)
        question = self.tr("去掉{name}？以后就开不了这台电脑。写过的都在。").format(name=card.name)
        self.confirm.ask(question, self.tr("去掉{name}").format(name=card.name), self.tr("留着"))

    def _went_out(self) -> None:
        self.show_people()
        self.note.say(
            "warn",
            self.tr("去掉了。"),
            self.tr("要是怕从前的钥匙被抄走过，再点「换一把钥匙」，各人的口令不变。"),
        )
        self.note.show()

    def _ask_change(self) -> None:
        self._doing = self.change_asked.emit
        question = self.tr("换一把钥匙？资料要重新加密一遍，几分钟，中间断电也不丢。换好了重新开锁。")
        self.confirm.ask(question, self.tr("现在换"), self.tr("先不换"))


class NewPerson(QWidget):
    """`asked(name, role, passphrase)`; what is missing or differs is said beside it."""

    asked = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.name, self.first, self.second = LineBox(), LineBox(), LineBox()
        self.name_field = Field("name", self.tr("姓名"), self.name)
        self.role = ChoiceGroup([(role.value, self.tr(role.words)) for role in Role])
        self.role.set_value(Role.WORKER.value)
        self.role_field = Field(
            "role", self.tr("身份"), self.role, self.tr("审计员只能看，不能记、不能打印。")
        )
        for box in (self.first, self.second):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("请本人来打：至少 8 个字，一句话最好。")
        self.first_field = Field("passphrase", self.tr("口令"), self.first, hint)
        self.second_field = Field("again", self.tr("再打一遍"), self.second)
        column.addWidget(self.name_field)
        column.addWidget(self.role_field)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        for field in (self.first_field, self.second_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.button = Button(self.tr("也能开"), "primary", "check")
        self.button.clicked.connect(self._ask)
        self.second.returnPressed.connect(self._ask)
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        column.addLayout(foot)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in (self.name, self.first, self.second):
            box.clear()
        self.role.set_value(Role.WORKER.value)
        for field in (self.name_field, self.first_field, self.second_field):
            field.clear_problem()

    def _ask(self) -> None:
        for field in (self.name_field, self.first_field, self.second_field):
            field.clear_problem()
        if not self.name.text().strip():
            self._point(self.name_field, self.tr("还没写姓名。"))
        elif not self.first.text():
            self._point(self.first_field, self.tr("还没打口令。"))
        elif self.first.text() != self.second.text():
            self._point(self.second_field, self.tr("两遍打得不一样，再打一遍。"))
        else:
            self.asked.emit(
                self.name.text().strip(), Role(self.role.value() or Role.WORKER.value), self.first.text()
            )

    def _point(self, field: Field, said: str) -> None:
        field.show_problem(Problem(field.name, said))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
