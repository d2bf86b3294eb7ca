"""What is said below a question because of its answer: what follows, what helps, what does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.people.phone import spoken
from app.domain.visits.asking import chosen
from app.domain.visits.contradictions import contradictions
from app.domain.visits.form import FormField
from ui.forms.session import Session
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.field import Field


class Remarks:
    """The notes of one step. `stand` gives a field its place for one; `refresh` says what holds now."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.notes: dict[str, Note] = {}
        self._fields: dict[str, FormField] = {}

    def stand(self, one: FormField, card: Card) -> None:
        """A place for a note below `one`."""
        note = Note("info", "")
        note.hide()
        card.add(note)
        self.notes[one.id], self._fields[one.id] = note, one

    def refresh(self, rows: Mapping[str, Field]) -> None:
        """Show the note of every field in sight that has something to say."""
        odd: dict[str, str] = {}
        for problem in contradictions(self._session.situation, self._session.sitting.form):
            odd.setdefault(problem.field, problem.words)
        for name, note in self.notes.items():
            tone, words = self._words(self._fields[name], odd.get(name, ""))
            note.setVisible(bool(words) and not rows[name].isHidden())
            if words and note.lead.text() != words:
                note.say(tone, words)

    def _words(self, one: FormField, odd: str) -> tuple[str, str]:
        """What must be done at once, before what does not fit, before what follows, before what helps."""
        codes = chosen(self._session.value(one.id))
        told = [option for option in one.options if option.code in codes]
        alarm = next((option for option in told if option.alarm), None)
        if alarm is not None:
            return "bad", self._filled(alarm.note)
        if odd:
            return "warn", odd
        if followed := next((option.note for option in told if option.note), ""):
            return "info", self._filled(followed)
        items = dict.fromkeys(item for option in told if option.finding for item in option.finding.items)
        names = {item: name for _, group in self._session.sitting.items for item, name in group}
        known = [names[item] for item in items if item in names]
        words = self._session.tr("可以看：{names}。到「发现了什么问题」里记下来就有人办。")
        return "info", words.format(names="、".join(known)) if known else ""

    def _filled(self, note: str) -> str:
        phone = self._session.sitting.town_phone
        return note.replace("{town}", f" {spoken(phone)}" if phone else "")
