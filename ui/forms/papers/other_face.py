"""Any paper made from the records: what it is for, in a line; what hangs on a wall as a picture too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, Signal
from PySide6.QtGui import QImage

from app.actions import other_papers
from app.actions.other_papers import PaperKind
from ui import notices
from ui.forms.papers.paper_face import PaperFace
from ui.forms.papers.paper_flow import PaperFlow
from ui.forms.papers.paper_source import Looked, OtherPaper
from ui.forms.papers.print_run import Run
from ui.widgets import file_dialogs
from ui.widgets.words import Button, Sentence


class OtherFace(PaperFace):
    """A PaperFace that says what the paper is for; `picture_asked` for the village's chat group."""

    picture_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.about = Sentence("", "body", "quiet")
        self.choices.addWidget(self.about)
        self.about.hide()
        self.posted = False

    def more(self) -> Sequence[Button]:
        """What hangs on a wall may go to the chat group too."""
        self.picture_button = Button(self.tr("存成图片，发群里"), "", "camera")
        self.picture_button.clicked.connect(self.picture_asked)
        self.picture_button.hide()
        return (self.picture_button,)

    def show_kind(self, kind: PaperKind) -> None:
        """Which kind of paper it is."""
        self.posted = kind.posted
        self.about.setText(kind.hint)
        self.about.setVisible(bool(kind.hint))

    def fill(self) -> None:
        """The picture as soon as there is a paper."""
        super().fill()
        self.picture_button.setVisible(self.posted)
        self.picture_button.setEnabled(self.ready)


class OtherFlow(PaperFlow):
    """A PaperFlow for the papers of `app.actions.other_papers`, by their names."""

    def __init__(self, view: OtherFace, run: Run) -> None:
        super().__init__(view, run)
        self._face, self._ask_store = view, run
        self._opened: OtherPaper | None = None
        self._made: Looked | None = None
        view.picture_asked.connect(self._save_pictures)
        self.looked.connect(self._keep)

    def open(self, document: str, subject: str) -> None:
        """Make the paper of this kind and record, and show it."""
        self._made, self._opened = None, OtherPaper(document, subject)
        self._face.show_kind(self._opened.kind)
        self.show(self._opened)

    def drop(self) -> None:
        """Out of memory too."""
        self._made = None
        super().drop()

    def _keep(self, looked: Looked) -> None:
        self._made = looked

    def _save_pictures(self) -> None:
        paper, looked, kinds = self._opened, self._made, self.tr("图片 (*.png)")
        if paper is None or looked is None:
            return
        path = file_dialogs.ask_save(self._face, self.tr("存到哪里"), f"{looked.title}.png", kinds)
        if path is None:
            return
        pictures = [_png(*page) for page in looked.pages]
        self._ask_store(
            lambda desk: other_papers.export_pictures(desk, paper.document, paper.subject, pictures, path),
            lambda _none: notices.saved(self.tr("存好了，可以发群里。")),
        )


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """A page as a picture that says nothing of where and when it was made."""
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows a file name only
    return bytes(buffer.data().data())
