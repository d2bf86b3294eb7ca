"""A signed visit, all in words: nothing can be changed, only corrected in a visit of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.actions.visits import photos
from app.actions.visits.visit_sitting import Sitting
from app.domain.photo import read_photos
from app.domain.visits.asking import value_of
from app.domain.visits.form import Kind
from app.domain.visits.form_words import SIGNED_HOW, day_words, finding_words, step_words
from ui import notices, theme
from ui.forms.visits.photo_show import PhotoShow, Run
from ui.widgets.banner import Note
from ui.widgets.card import Card
from ui.widgets.signature import Signature
from ui.widgets.words import Button, words


class VisitRead(QWidget):
    """`corrected(visit)` asks for a correction, `printed(visit)` for its sheet of paper, `ticket(id)` and
    `visit(id)` for another record."""

    corrected = Signal(str)
    printed = Signal(str)
    ticket = Signal(str)
    visit = Signal(str)

    def __init__(self, sitting: Sitting, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sitting, self._run = sitting, run
        self.setProperty("surface", "clear")
        self.shown: PhotoShow | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, theme.soft(6), 0)
        self.column.setSpacing(theme.soft(12))
        self.column.addWidget(self._banner())
        situation = sitting.situation(sitting.visit)
        for number, step in enumerate(sitting.form.steps):
            told = [
                one
                for one in step_words(situation, sitting.form, number, sitting.name_of)
                if one.field.kind not in (Kind.SIGNATURES, Kind.FINDINGS, Kind.PHOTOS)
            ]
            if told:
                self._card(step.title, [(one.field.short, one.words) for one in told])
        self._findings()
        self._photos()
        self._signatures()
        self.column.addStretch(1)

    def _banner(self) -> Note:
        signed = self.sitting.visit
        at = signed.ended_at or signed.started_at
        words_ = self.tr("{month}月{day}日 签好，不能改。").format(month=at.month, day=at.day)
        if self.sitting.corrected_by:
            note = Note("warn", words_, self.tr("后来另写了一份更正，以更正的为准。"))
            button = Button(self.tr("看更正"), "small")
            button.clicked.connect(lambda: self.visit.emit(self.sitting.corrected_by))
        else:
            note = Note("info", words_, self.tr("写错了？另写一份更正，两份都留。"))
            button = Button(self.tr("另写一份更正"), "small", "pen")
            button.clicked.connect(lambda: self.corrected.emit(signed.id))
        note.add_button(button)
        if signed.amends:
            earlier = Button(self.tr("看原来那份"), "small")
            earlier.clicked.connect(lambda: self.visit.emit(signed.amends or ""))
            note.add_button(earlier)
        self.print_button = Button(self.tr("打印"), "small", "print")
        self.print_button.clicked.connect(lambda: self.printed.emit(signed.id))
        note.add_button(self.print_button)
        self.button = button
        return note

    def _card(self, title: str, lines: list[tuple[str, str]]) -> None:
        card = Card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.soft(20))
        grid.setVerticalSpacing(theme.soft(6))
        grid.setColumnStretch(1, 1)
        for row, (name, said) in enumerate(lines):
            grid.addWidget(words(name, "body", "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(said, wrap=True), row, 1)
        card.add(grid)
        self.column.addWidget(card)

    def _findings(self) -> None:
        found = value_of(self.sitting.visit, "findings") or ()
        if not found:
            return
        card = Card(self.tr("发现的问题"))
        numbers = {one.id: one for one in self.sitting.tickets}
        for finding in found:
            card.add(words(finding_words(finding), wrap=True))
            opened = numbers.get(str(finding.get("ticket") or ""))
            if opened is not None:
                button = Button(self.tr("看首访单 {n}").format(n=opened.short_number), "text", "ticket")
                button.clicked.connect(lambda _on=False, key=opened.id: self.ticket.emit(key))
                card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)

    def _photos(self) -> None:
        visit = self.sitting.visit
        for field in (one for one in self.sitting.form.fields.values() if one.kind is Kind.PHOTOS):
            taken = read_photos(value_of(visit, field.id))
            if not taken:
                continue
            card = Card(self.tr("照片（{n} 张）").format(n=len(taken)))
            self.shown = PhotoShow(field, self._run)
            self.shown.record = lambda: visit.id
            self.shown.show_photos(taken)
            card.add(self.shown)
            self.column.addWidget(card)
        if self.shown is not None:
            self._run(lambda desk: photos.thumbs(desk, visit), self.shown.take_images, notices.fault)

    def _signatures(self) -> None:
        signed = self.sitting.visit
        if not signed.signatures:
            return
        card = Card(self.tr("签字"))
        how = dict(signed.answers.get("signing") or {})
        strokes = dict(signed.answers.get("strokes") or {})
        for name in signed.signatures:
            given = dict(how.get(name) or {})
            text = f"{name}　{SIGNED_HOW.get(str(given.get('how') or ''), '')}"
            if given.get("how") == "proxy":
                text += f"：{given.get('by')}（{given.get('relation')}），{given.get('why')}"
            card.add(words(text, wrap=True))
            if name in strokes:
                card.add(_written(name, str(strokes[name])))
        day = day_words(signed.ended_at.date()) if signed.ended_at else ""
        card.add(
            words(self.tr("{day}　封存号 {seal}").format(day=day, seal=signed.seal[:12]), "body", "quiet")
        )
        self.column.addWidget(card)


def _written(name: str, strokes: str) -> Signature:
    shown = Signature(name)
    shown.set_strokes(strokes)
    shown.setEnabled(False)
    for part in (shown.title, shown.again, shown.thumb):
        part.hide()
    return shown
