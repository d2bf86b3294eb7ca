"""One small line under a record: where it is, with the number to name on the telephone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.actions.whereabouts import Place, Whereabouts, whereabouts
from ui import theme
from ui.forms.syncing.aside_words import why_words
from ui.widgets.toast import READ
from ui.widgets.words import Button, Icon, Sentence

LOOK = {
    Place.HERE: ("wait", "warn"),
    Place.SENT: ("check", "ok"),
    Place.CAME: ("check", "ok"),
    Place.DECIDED: ("wait", "warn"),
    Place.DIFFERS: ("swap", "warn"),
    Place.TOWNSHIP: ("warn", "warn"),
    Place.REFUSED: ("warn", "bad"),
}
SUBJECTS = {
    "household": "这家：", "ticket": "这张单：", "visit": "这次走访：", "checklist": "这张清单：",
    "clue": "这条线索：", "survey_response": "这份问卷：",
}  # fmt: skip
Run = Callable[..., None]


class WhereLine(QWidget):
    """Hidden until it is told of a record; `case(id)` when the worker wants to see a disagreement."""

    case = Signal(str)

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.setObjectName("where")
        self.setProperty("surface", "clear")
        self.setProperty(READ, True)  # right after a save, where the record is is what she looks for
        self._run, self._of = run, ("", "")
        self.where: Whereabouts | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(8))
        self.icon, self.said = Icon("check", 22, "ok"), Sentence("", "body", "quiet")
        self.look_button = Button(QCoreApplication.translate("where", "去定"), "text")
        self.look_button.clicked.connect(self._look)
        row.addWidget(self.icon)
        row.addWidget(self.said)
        row.addWidget(self.look_button)
        row.addStretch(1)
        self.hide()

    def tell(self, kind: str, record: str) -> None:
        """Of this record from now on; "" for none."""
        if self._of != (kind, record):
            self.hide()
        self._of = (kind, record)
        self.ask()

    def ask(self) -> None:
        """Ask again: something was written, or the county answered."""
        kind, record = of = self._of
        if record:
            self._run(lambda desk: (of, whereabouts(desk, kind, record)), self._show, lambda _error: None)

    def _show(self, found: tuple[tuple[str, str], Whereabouts]) -> None:
        of, self.where = found
        if of != self._of:
            return  # she has gone on meanwhile
        self.icon.show_icon(*LOOK[self.where.place])
        words = f"{_tr(SUBJECTS.get(of[0], ''))}{where_words(self.where)}"
        self.said.setText(words)
        self.setAccessibleName(words)
        self.look_button.setText(_tr("看看" if self.where.place is Place.DECIDED else "去定"))
        self.look_button.setVisible(bool(self.where.case))
        self.show()

    def _look(self) -> None:
        if self.where is not None and self.where.case:
            self.case.emit(self.where.case)


def where_words(where: Whereabouts) -> str:
    """`已送县里 · 回执 2853`."""
    number = where.number
    match where.place:
        case Place.HERE:
            return _tr("已存本机，还没传到县里")
        case Place.SENT:
            return _tr("已送县里 · 回执 {n}").format(n=number)
        case Place.CAME:
            return _tr("县里也有")
        case Place.DECIDED:
            return _tr("写得不一样的那一格，照您定的显示，下次同步交给县里")
        case Place.DIFFERS:
            return _tr("有一格两个人写得不一样，两边都留着，等人定")
        case Place.TOWNSHIP:
            return _tr("待乡镇处理：{why}回执 {n}").format(why=why_words(where.why), n=number)
        case Place.REFUSED:
            return _tr("乡镇没收：{why}（回执 {n}）").format(why=where.why, n=number)


def _tr(said: str) -> str:
    return QCoreApplication.translate("where", said)
