"""On which printer, how many, and how: asked in the same words wherever something is printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checklists.layout import Form, Layout
from app.domain.checklists.print_job import MOST_COPIES, PrintLook
from ui import theme
from ui.widgets.choice import ChoiceGroup
from ui.widgets.stepper import Stepper
from ui.widgets.words import words

MOST_NAMED = 2
OTHER = "other"


class PrintOptions(QWidget):
    """`printer()` is a name or OTHER, for the system's own dialog; `changed` when the pages look other.

    Without `lists` what only a checklist has is not asked: one of its forms, and the square.
    """

    changed = Signal()

    def __init__(self, *, lists: bool = True) -> None:
        super().__init__()
        self.setProperty("surface", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        self.printers = ChoiceGroup([])
        self.forms = ChoiceGroup(
            [
                (Form.STEPS.value, self.tr("一步一页")),
                (Form.SUMMARY.value, self.tr("一页全")),
                (Form.RECEIPT.value, self.tr("收条")),
            ]
        )
        self.forms.set_label(self.tr("打哪种"))
        self.forms.set_value(Form.STEPS.value)
        self.forms.changed.connect(self._form_chosen)
        if not lists:
            self.forms.hide()
        looks = [("large", self.tr("字大些")), ("thrift", self.tr("省墨"))]
        if lists:
            looks.append(("qr", self.tr("二维码")))
        self.looks = ChoiceGroup(looks, multi=True)
        self.looks.set_label(self.tr("怎么打"))
        self.looks.changed.connect(self.changed)
        self.copies = Stepper(1, least=1, most=MOST_COPIES, name=self.tr("打几份"))
        self.how = QWidget()
        self.how.setProperty("surface", "clear")
        below = QVBoxLayout(self.how)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.soft(8))
        below.addWidget(self.forms)
        row = QHBoxLayout()
        row.setSpacing(theme.soft(12))
        row.addWidget(self.looks, 1)
        row.addWidget(words(self.tr("份数"), "body", "quiet"))
        row.addWidget(self.copies)
        below.addLayout(row)
        column.addWidget(self.printers)
        column.addWidget(self.how)

    def offer(self, printers: Sequence[str], remembered: str = "") -> None:
        """These printers are there; the one used last comes first."""
        known = sorted(printers, key=lambda name: name != remembered)
        others = [(OTHER, self.tr("别的打印机"))] if known else []
        self.printers.set_options([(name, name) for name in known[:MOST_NAMED]] + others)
        self.printers.set_value(known[0] if known else "")
        self.printers.set_label(self.tr("用哪台打印机"))
        self.printers.setVisible(bool(known))

    def _form_chosen(self) -> None:
        if not self.forms.value():  # pressed once more: one of them it must be
            self.forms.set_value(Form.STEPS.value)
        self.changed.emit()

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
