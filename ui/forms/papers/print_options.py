"""On which printer, how many, and how: asked in the same words wherever something is printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.layout import Form, Layout
from app.domain.checklists.print_job import MOST_COPIES, PrintLook
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.stepper import Stepper
from ui.widgets.words import words

MOST_NAMED = 2
OTHER = "other"


class PrintOptions(QWidget):
    """`printer()` is a name or OTHER, for the system's own dialog; `changed` when the pages look other.

    Only a checklist has several `forms` and a square; only what is made for the eyes of the old has `looks`.
    """

    changed = Signal()

    def __init__(self, *, forms: bool = True, looks: bool = True) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.printers = ChoiceGroup([])
        self.how = QWidget()
        self.how.setProperty("surface", "clear")
        below = QVBoxLayout(self.how)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.soft(8))
        self.forms, self.looks = self._forms(), self._looks(square=forms)
        below.addWidget(self.forms)
        last = FlowLayout(gap=theme.soft(12), line_gap=theme.soft(8))
        last.addWidget(self.looks)
        last.addWidget(self._many())
        below.addLayout(last)
        column.addWidget(self.printers)
        column.addWidget(self.how)
        for asked, part in ((forms, self.forms), (looks, self.looks)):
            if not asked:
                part.hide()

    def offer(self, printers: Sequence[str], remembered: str = "") -> None:
        """These printers are there; the one used last comes first."""
        known = sorted(printers, key=lambda name: name != remembered)
        others = [(OTHER, self.tr("别的打印机"))] if known else []
        self.printers.set_options([(name, name) for name in known[:MOST_NAMED]] + others)
        self.printers.set_value(known[0] if known else "")
        self.printers.set_label(self.tr("用哪台打印机"))
        self.printers.setVisible(bool(known))

    def printer(self) -> str:
        """The name chosen, "" for the usual one, OTHER for the system's dialog."""
        return self.printers.value()

    def look(self) -> PrintLook:
        """How the printer is asked; with OTHER the dialog says which one."""
        name = self.printer()
        return PrintLook("" if name == OTHER else name, self.copies.value())

    def layout_of(self) -> Layout:
        """How the pages look."""
        chosen = self.looks.values()
        form = Form(self.forms.value() or Form.STEPS.value)
        return Layout(form, large="large" in chosen, thrift="thrift" in chosen, qr="qr" in chosen)

    def _forms(self) -> ChoiceGroup:
        forms = ChoiceGroup(
            [
                (Form.STEPS.value, self.tr("一步一页")),
                (Form.SUMMARY.value, self.tr("一页全")),
                (Form.RECEIPT.value, self.tr("收条")),
            ]
        )
        forms.set_label(self.tr("打哪种"))
        forms.set_value(Form.STEPS.value)
        forms.changed.connect(self._form_chosen)
        return forms

    def _looks(self, *, square: bool) -> ChoiceGroup:
        given = [("large", self.tr("字大些")), ("thrift", self.tr("省墨"))]
        if square:
            given.append(("qr", self.tr("二维码")))
        looks = ChoiceGroup(given, multi=True)
        looks.set_label(self.tr("怎么打"))
        looks.changed.connect(self.changed)
        return looks

    def _many(self) -> QWidget:
        many = QWidget()
        many.setProperty("surface", "clear")
        row = QHBoxLayout(many)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.soft(12))
        self.copies = Stepper(1, least=1, most=MOST_COPIES, name=self.tr("打几份"))
        row.addWidget(words(self.tr("份数"), "body", "quiet"))
        row.addWidget(self.copies)
        return many

    def _form_chosen(self) -> None:
        if not self.forms.value():  # pressed once more: one of them it must be
            self.forms.set_value(Form.STEPS.value)
        self.changed.emit()
