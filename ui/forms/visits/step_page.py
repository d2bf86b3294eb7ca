"""One step of the form on the screen: its groups as cards, each field shown while it has its place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.phone import spoken
from app.domain.visits.form import FormField, Group, Step
from app.domain.visits.photos import PHOTOS, SIGNED_PAGE, lacking
from app.domain.visits.proposals import proposals
from ui import theme
from ui.forms.each import EachPerson
from ui.forms.making import make_editor
from ui.forms.session import Session
from ui.forms.visits.findings import FindingsEditor
from ui.forms.visits.photos import PhotosEditor
from ui.forms.visits.remarks import Remarks
from ui.forms.visits.signing import SigningEditor
from ui.forms.visits.sums import SumGroup
from ui.widgets.card import Card
from ui.widgets.field import Field


class StepPage(QWidget):
    """Builds every field of the step once; `refresh` shows those that are asked now.

    `print_asked` for the sheet of the visit, to be signed by hand.
    """

    print_asked = Signal()

    def __init__(self, session: Session, step: Step) -> None:
        super().__init__()
        self.session, self.step = session, step
        self.setProperty("surface", "clear")
        self.rows: dict[str, Field] = {}
        self.remarks = Remarks(session)
        self._cards: list[tuple[Group, Card]] = []
        self._sums: list[tuple[Group, SumGroup]] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, theme.soft(6), 0)
        self.column.setSpacing(theme.soft(12))
        for group in step.groups:
            self._add_group(group)
        self.column.addStretch(1)
        for name in self.rows:
            self.show_value(name)
        self.refresh()

    def show_value(self, name: str) -> None:
        """Let the control of `name` show what the session holds."""
        editor: Any = self.rows[name].control
        value = self.session.value(name)
        if isinstance(editor, SigningEditor):
            answers = self.session.visit.answers
            editor.set_value((value, answers.get("signing"), answers.get("strokes")))
        else:
            editor.set_value(value)
        self.rows[name].clear_problem()

    def refresh(self) -> None:
        """Show what is asked now, hide the rest, and say what follows from the answers."""
        situation = self.session.situation
        for group, card in self._cards:
            asked = {one.id for one in group.fields if situation.asks(one, group)}
            card.setVisible(bool(asked))
            free = bool(asked) and not any(situation.required(one) for one in group.fields if one.id in asked)
            if group.title:
                card.title.setText(group.title + (self.tr("（可不填）") if free else ""))
            for one in group.fields:
                row = self.rows[one.id]
                if not (group.total and one.id in asked):
                    row.setVisible(one.id in asked)
                self._word(one, row, quiet=free and bool(group.title))
        for group, sums in self._sums:
            sums.show_values({one.id: self.session.value(one.id) for one in group.fields})
        self.remarks.refresh(self.rows)
        self._ask_more()

    def go(self, name: str) -> None:
        """Put the focus on a field, unfolding it if need be."""
        for group, sums in self._sums:
            if any(one.id == name for one in group.fields):
                sums.open(name)
        self.rows[name].setFocus(Qt.FocusReason.TabFocusReason)

    def first(self) -> str:
        """The first field asked that has no answer, or the first one asked; "" when there is none."""
        asked = [one.id for one in self.session.situation.active(self.session.sitting.form)]
        here = [name for name in asked if name in self.rows and self.rows[name].isVisibleTo(self)]
        return next((name for name in here if not self.session.value(name)), here[0] if here else "")

    def lacks_way(self) -> bool:
        """True, and said beside its place, when a finding has not been given its way."""
        editor = self.rows["findings"].control if "findings" in self.rows else None
        return isinstance(editor, FindingsEditor) and editor.show_lack()

    def doubts(self) -> None:
        """Look at the sums again, as they were kept."""
        for row in self.rows.values():
            control: Any = row.control
            if hasattr(control, "doubt"):
                control.doubted.emit(control.doubt())

    def _add_group(self, group: Group) -> None:
        card = Card(group.title)
        for one in group.fields:
            self.rows[one.id] = row = self._row(one)
            # One question under a heading says it once.
            row.label.setVisible(not (group.title and len(group.fields) == 1))
        if group.total:
            sums = SumGroup(group.fields, self.rows)
            sums.zeroed.connect(self._zero)
            card.add(sums)
            self._sums.append((group, sums))
            for one in group.fields:
                self.remarks.stand(one, card)
        else:
            for one in group.fields:
                card.add(self.rows[one.id])
                self.remarks.stand(one, card)
        self._cards.append((group, card))
        self.column.addWidget(card)

    def _row(self, one: FormField) -> Field:
        editor = make_editor(one, self.session)
        row = Field(one.id, one.label, editor, one.hint)
        editor.typing.connect(lambda: self.session.pend(one.id, editor))
        editor.typing.connect(row.clear_problem)
        if isinstance(editor, SigningEditor):
            editor.changed.connect(lambda: self._signed(editor))
            editor.print_asked.connect(self.print_asked)
            editor.page_asked.connect(self._photograph_page)
        else:
            editor.changed.connect(lambda: self.session.take(one.id, editor))
        return row

    def _signed(self, editor: SigningEditor) -> None:
        self.session.put("signatures", editor.value(), signing=editor.signing(), strokes=editor.strokes())

    def _photograph_page(self) -> None:
        editor = self.rows[PHOTOS].control if PHOTOS in self.rows else None
        if isinstance(editor, PhotosEditor):
            editor.open_for(SIGNED_PAGE)

    def _zero(self, names: list[str]) -> None:
        empty = [name for name in names if self.session.value(name) is None]
        nothing = {"fen": 0, "kind": "told"}
        if empty:
            first, *others = empty
            self.session.put(first, nothing, **dict.fromkeys(others, nothing))
            for name in empty:
                self.show_value(name)

    def _word(self, one: FormField, row: Field, *, quiet: bool) -> None:
        optional = not self.session.situation.required(one) and not quiet
        row.label.setText(one.label + (self.tr("（可不填）") if optional else ""))
        last = self.session.sitting.household.phone if one.id == "phone" else ""
        if last:
            row.set_hint(self.tr("现在记的是 {phone}，一样就不用填。").format(phone=spoken(last)))

    def _ask_more(self) -> None:
        for row in self.rows.values():
            if isinstance(row.control, EachPerson):
                row.control.ask_of(self.session.situation.asked_of(row.control.field))
            elif isinstance(row.control, PhotosEditor):
                field, situation = row.control.field, self.session.situation
                row.control.ask(lacking(field, situation.visit, required=situation.required(field)))
        found = self.rows["findings"].control if "findings" in self.rows else None
        if isinstance(found, FindingsEditor):
            found.offer(proposals(self.session.situation, self.session.sitting.form))
        editor = self.rows["signatures"].control if "signatures" in self.rows else None
        if isinstance(editor, SigningEditor):
            editor.ask(signers(self.session))


def signers(session: Session) -> list[str]:
    """Who is to sign: everyone who went, and the one they talked to."""
    visit, sitting = session.visit, session.sitting
    names = [sitting.name_of(one) for one in visit.visitors]
    other = str(visit.answers.get("respondent_name") or "")
    met = other if visit.respondent == "other" else sitting.name_of(visit.respondent)
    return list(dict.fromkeys(name for name in (*names, met) if name))
