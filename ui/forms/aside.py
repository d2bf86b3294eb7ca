"""Beside the step: what was said last time, what it adds up to, and what must be acted on at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain import money
from app.domain.people.phone import spoken
from app.domain.visits.asking import value_of
from app.domain.visits.form import FormField, Kind, Step
from app.domain.visits.form_words import said
from app.domain.visits.visit import Visit
from ui import theme
from ui.forms.session import Session
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.words import Button, words

# What is asked afresh every time and never carried over from the last visit.
FRESH = frozenset(
    "met again_on started_at members members_words newcomers newcomers_words findings signatures purpose"
    " respondent respondent_name respondent_relation visitors accompany alive child_safety child_reported"
    " conclusion conclusion_words review_result door_words ticket origin mode campaign income_changed"
    " progress_told progress_words benefits_arrived benefits_words gift_money gift_goods gift_from disaster"
    " disaster_on shelter explained materials_given needs_words photos photos_why door_photos".split()
)


class Aside(QWidget):
    """Follows the step in sight. `filled` carries the names of the fields taken over from last time."""

    filled = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._step: Step | None = None
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(12))
        self.alarm = Note("bad", "")
        self.alarm.hide()
        self.last = Card("")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(theme.soft(2))
        self.last.add(self.lines)
        self.take = Button(self.tr("照上次填"), "small")
        self.last.add(self.take)
        self.total = Card("")
        self.sums = QVBoxLayout()
        self.sums.setSpacing(0)
        self.total.add(self.sums)
        column.addWidget(self.alarm)
        column.addWidget(self.last)
        column.addStretch(1)
        column.addWidget(self.total)
        self.take.clicked.connect(self._take)

    def show_step(self, step: Step, doubtful: tuple[str, ...] = ()) -> None:
        """Say what belongs to `step`; `doubtful` are sums to look at once more."""
        self._step = step
        self._show_alarm(step)
        self._show_last(step)
        self._show_total(step, doubtful)

    @property
    def empty(self) -> bool:
        """Nothing to say beside this step."""
        return not any(card.isVisibleTo(self) for card in (self.alarm, self.last, self.total))

    def _show_alarm(self, step: Step) -> None:
        # On its own step it is said beside the answer; on every other it must not be out of sight.
        here = {one.id for group in step.groups for one in group.fields}
        alarms = self.session.situation.alarms(self.session.sitting.form)
        elsewhere = any(field.id not in here for field, _ in alarms)
        self.alarm.setVisible(elsewhere)
        if elsewhere:
            phone = self.session.sitting.town_phone
            number = f" {spoken(phone)}" if phone else ""
            self.alarm.say(
                "bad", self.tr("要马上报告。先打 110 或 12345，再打镇里{phone}。").format(phone=number)
            )

    def _show_last(self, step: Step) -> None:
        clear(self.lines)
        last = self._last(step)
        self.last.setVisible(last is not None)
        if last is None:
            return
        day = last.started_at
        self.last.set_title(self.tr("上次（{month}月{day}日）").format(month=day.month, day=day.day))
        for one in self._carried(step):
            if value_of(last, one.id):
                self._line(one, value_of(last, one.id))
        self.take.setVisible(bool(self._to_take(step)))

    def _line(self, one: FormField, value: object) -> None:
        now = self.session.value(one.id)
        if one.kind is Kind.MONEY and isinstance(value, dict):
            row = QHBoxLayout()
            row.addWidget(words(one.short))
            row.addStretch(1)
            row.addWidget(words(money.plain(int(value["fen"])), "body"))
            self.lines.addLayout(row)
            if isinstance(now, dict) and now.get("fen") != value["fen"]:
                self._changed(money.plain(int(now["fen"] or 0)))
            return
        text = said(one, value, self.session.sitting.name_of)
        self.lines.addWidget(words(one.short, "body", "quiet", wrap=True))
        self.lines.addWidget(words(text, wrap=True))
        told = said(one, now, self.session.sitting.name_of)
        if told and told != text:
            self._changed(told)

    def _changed(self, told: str) -> None:
        """What was said today, where it is not what was said then."""
        self.lines.addWidget(words(self.tr("这次：{words}").format(words=told), "body", "warn", wrap=True))

    def _show_total(self, step: Step, doubtful: tuple[str, ...]) -> None:
        clear(self.sums)
        asked = [group for group in step.groups if group.total and self.session.situation.holds(group.when)]
        self.total.setVisible(bool(asked))
        for group in asked:
            given = [one for one in (self.session.value(one.id) for one in group.fields) if one]
            if not given and group is not asked[0]:
                continue
            fen = sum(int(one["fen"]) for one in given)
            self.sums.addWidget(words(group.total, "body", "quiet"))
            self.sums.addWidget(words(self.tr("{yuan} 元").format(yuan=money.plain(fen)), "figure"))
            short = [one.short for one in group.fields if one.id in doubtful]
            if short:
                self.sums.addWidget(words(self.tr("先核对「{name}」").format(name=short[0]), "body", "bad"))

    def _carried(self, step: Step) -> list[FormField]:
        """The fields of the step that are asked now and may be taken over from last time."""
        inside = {one.id for group in step.groups for one in group.fields} - FRESH
        return [one for one in self.session.situation.active(self.session.sitting.form) if one.id in inside]

    def _last(self, step: Step) -> Visit | None:
        return self.session.sitting.said_before(*(one.id for one in self._carried(step)))

    def _to_take(self, step: Step) -> dict[str, object]:
        last = self._last(step)
        empty = [one.id for one in self._carried(step) if not self.session.value(one.id)]
        return {name: _again(value_of(last, name)) for name in empty if last and value_of(last, name)}

    def _take(self) -> None:
        values = self._to_take(self._step) if self._step else {}
        if values:
            names = list(values)
            self.session.put(names[0], values.pop(names[0]), **values)
            self.filled.emit(names)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Empty a layout and let go of what stood in it."""
    while layout.count():
        item = layout.takeAt(0)
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            clear(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _again(value: object) -> object:
    # A sum taken over was told again today; the slip seen last time was not seen now.
    return {"fen": value["fen"], "kind": "told"} if isinstance(value, dict) and "fen" in value else value
