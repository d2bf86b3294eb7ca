"""Signing on the printed sheet: print it, have it signed by hand, then take a photo of that page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words


class PaperSigning(QFrame):
    """`print_asked` for the sheet; `signed` when the one in hand has signed it, `all_signed` when all have;
    `page_asked` to add the photo of the page."""

    print_asked = Signal()
    signed = Signal()
    all_signed = Signal()
    page_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.line = words("", "body", "quiet", wrap=True)
        self.print = Button(self.tr("打印走访表"), "small", "print")
        self.one = Button("", "small", "pen")
        self.all = Button(self.tr("都签在纸上了"), "small", "people")
        self.page = Button(self.tr("加签字页的照片"), "small", "camera")
        holder = QWidget()
        holder.setProperty("surface", "clear")
        flow = FlowLayout(holder, theme.soft(10))
        for button in (self.print, self.one, self.all, self.page):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.soft(14), theme.soft(10), theme.soft(14), theme.soft(10))
        column.setSpacing(theme.soft(8))
        column.addWidget(self.line)
        column.addWidget(holder)
        self.print.clicked.connect(self.print_asked)
        self.one.clicked.connect(self.signed)
        self.all.clicked.connect(self.all_signed)
        self.page.clicked.connect(self.page_asked)

    def come_forward(self) -> None:
        """Into sight, with the focus on the first thing to do."""
        if self.isVisible():
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self)

    def say(self, signer: str, *, unsigned: int, on_paper: bool) -> None:
        """`signer` is in hand, so many have not signed yet; `on_paper`: somebody has, on the sheet."""
        self.line.setText(
            self.tr("签好字的那一页拍下来，加到上面的照片里，才算数。")
            if on_paper and not unsigned
            else self.tr("先打印。念一遍，没有错就在纸上签字，再回来点一下。最后把签字那一页拍下来。")
        )
        self.one.setText(self.tr("{name} 签在纸上了").format(name=signer))
        self.one.setVisible(bool(unsigned))
        self.all.setVisible(unsigned > 1)
        self.page.setVisible(on_paper)
