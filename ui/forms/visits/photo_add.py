"""Where one more photo comes from: a telephone or stick, a file, what was copied, a camera."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.visits import photos
from app.domain.visits.form import FormField
from ui import theme
from ui.forms.editors import Choices, Editor
from ui.forms.visits.darkroom import Source
from ui.forms.visits.phone_pick import PhonePick
from ui.tasks import Tasks
from ui.widgets import camera, file_dialogs
from ui.widgets.camera import CameraView
from ui.widgets.choice import Option
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll import reveal
from ui.widgets.words import Button, words

KINDS = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff *.gif"


class AddPhotos(QWidget):
    """`chosen(sources)` when pictures were pointed at. What they show is said first."""

    chosen = Signal(object)

    def __init__(self, field: FormField, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.kind = Choices([Option(one.code, one.words) for one in field.options])
        self.kind.set_label(self.tr("要加的拍的是什么"))
        self.phone = Button(self.tr("从手机、U 盘挑"), "small", "phone")
        self.file = Button(self.tr("选电脑里的文件"), "small", "folder")
        self.paste = Button(self.tr("粘贴"), "small", "list")
        self.camera = Button(self.tr("用摄像头拍"), "small", "camera")
        self.live: CameraView | None = None
        self.pick = PhonePick(tasks)
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        self.flow = FlowLayout(buttons, theme.soft(10))
        for item in (self.phone, self.file, self.paste, self.camera):
            self.flow.addWidget(item)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        column.addWidget(words(self.tr("要加的拍的是什么"), "body", "quiet"))
        column.addWidget(self.kind)
        column.addWidget(words(self.tr("从哪里来（也可以把照片拖到这里）"), "body", "quiet", wrap=True))
        column.addWidget(buttons)
        column.addWidget(self.pick)
        self.pick.hide()
        self.camera.setVisible(camera.available())
        self.setFocusProxy(self.phone)
        self.kind.set_value(field.options[0].code)
        self._connect()

    def category(self) -> str:
        """What the next picture shows."""
        return str(self.kind.value() or "")

    def choose(self, category: str) -> None:
        """The next picture shows this."""
        self.kind.set_value(category)

    def paste_now(self) -> None:
        """Take what was copied in another program."""
        if found := carried(QGuiApplication.clipboard().mimeData()):
            self.chosen.emit(found)

    def _connect(self) -> None:
        self.phone.clicked.connect(self._look_at_phone)
        self.file.clicked.connect(self._ask_files)
        self.paste.clicked.connect(self.paste_now)
        self.camera.clicked.connect(self._switch_on)
        self.pick.taken.connect(lambda paths: self.chosen.emit([_file(path) for path in paths]))
        self.pick.closed.connect(self._fold)
        QGuiApplication.clipboard().dataChanged.connect(self._see_clipboard)
        self._see_clipboard()

    def _ask_files(self) -> None:
        kinds = self.tr("照片 ({kinds})").format(kinds=KINDS)
        paths = file_dialogs.ask_open_many(self, self.tr("选照片"), kinds)
        if paths:
            self.chosen.emit([_file(path) for path in paths])

    def _look_at_phone(self) -> None:
        self.pick.show()
        self.pick.look()

    def _switch_on(self) -> None:
        if self.live is None:
            self.live = CameraView()
            self.column.addWidget(self.live)
            self.live.taken.connect(lambda image: self.chosen.emit([lambda: _bitmap(image)]))
            self.live.closed.connect(self.live.hide)
        self.live.show()
        self.live.start()
        reveal(self.live)

    def _fold(self) -> None:
        self.pick.hide()
        self.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _see_clipboard(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        self.paste.setVisible(mime is not None and (mime.hasImage() or mime.hasUrls()))


class DropPlace(Editor):
    """An editor that pictures, and files of pictures, may be dropped on: `dropped(sources)`."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Whether it may be a picture."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(carried(event.mimeData()))


def carried(mime: QMimeData | None) -> Sequence[Source]:
    """The pictures something copied or dragged carries: files first, else the picture itself."""
    if mime is None:
        return []
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [_file(path) for path in paths]
    image = mime.imageData() if mime.hasImage() else None
    return [lambda: _bitmap(image)] if isinstance(image, QImage) and not image.isNull() else []


def _file(path: Path) -> Source:
    return lambda: photos.load(path)


def _bitmap(image: QImage) -> bytes:
    """The pixels as a file; not packed, which would take longer than it saves."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")
    return bytes(data.data())
