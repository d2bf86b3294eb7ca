"""Who disagrees with a notice, and what became of it: noted in their words, answered before it comes down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.registers.public_notice import Objection, PublicNotice
from ui import theme
from ui.forms.registers.register_words import day
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.text import LineBox
from ui.widgets.words import Button, Sentence


class Objections(Card):
    """`objected(words, by)` for a new one, `handled(place, words)` for what became of number `place`."""

    objected = Signal(str, str)
    handled = Signal(int, str)

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("有人提意见没有"))
        self._holder = QVBoxLayout()
        self._holder.setSpacing(theme.soft(10))
        self.add(self._holder)
        self._made: list[QWidget] = []
        self.answers: list[LineBox] = []
        self.words, self.by = LineBox(self.tr("照他的原话写")), LineBox(self.tr("不愿说名字就空着"))
        self.note = Button(self.tr("记下这条意见"), "small")
        self.form = QWidget()
        self.form.setProperty("surface", "clear")
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        column.addWidget(Field("objection", self.tr("怎么说的"), self.words))
        column.addWidget(Field("by", self.tr("谁说的"), self.by, optional=True))
        row = QHBoxLayout()
        row.addWidget(self.note)
        row.addStretch(1)
        column.addLayout(row)
        self.more = Button(self.tr("有人提意见"), "small", "plus")
        self.add(self.form)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._open)
        self.note.clicked.connect(lambda: self.objected.emit(self.words.value(), self.by.value()))

    def show_notice(self, notice: PublicNotice) -> None:
        """The objections so far, those without an answer with a box for one."""
        for one in self._made:
            self._holder.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._made, self.answers = [], []
        for place, objection in enumerate(notice.objections):
            self._put(Sentence(self._said(objection), "label"))
            if objection.handled:
                self._put(Sentence(self.tr("处理：{words}").format(words=objection.handled)))
            else:
                self._put(self._answer(place))
        if not notice.objections:
            self._put(Sentence(self.tr("到现在没有人提意见。"), "body", "quiet"))
        self.words.set_value("")
        self.by.set_value("")
        self.form.hide()
        self.more.show()

    def _put(self, widget: QWidget) -> None:
        self._holder.addWidget(widget)
        self._made.append(widget)

    def _said(self, objection: Objection) -> str:
        by = objection.by or self.tr("没说名字")
        return self.tr("{day}，{by}：「{words}」").format(day=day(objection.on), by=by, words=objection.words)

    def _answer(self, place: int) -> QWidget:
        holder = QWidget()
        holder.setProperty("surface", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        box, save = LineBox(self.tr("查了什么，怎么答复的")), Button(self.tr("记下处理"), "small")
        self.answers.append(box)
        column.addWidget(Field("handled" if len(self.answers) == 1 else "", self.tr("怎么处理的"), box))
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        save.clicked.connect(lambda: self.handled.emit(place, box.value()))
        return holder

    def _open(self) -> None:
        self.form.show()
        self.more.hide()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
