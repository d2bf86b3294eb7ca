"""A camera of this computer, seen live and pressed once.

Only where QtMultimedia is installed (extra `camera`) and a camera is there; else nothing of it is loaded.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.photo_view import LargePhoto
from ui.widgets.words import Button

MODULE = "PySide6.QtMultimedia"


def available() -> bool:
    """Whether a picture could be taken here and now."""
    if find_spec(MODULE) is None:
        return False
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:  # installed, but the system lacks a library it needs
        return False
    return bool(QMediaDevices.videoInputs())


class CameraView(QWidget):
    """`taken(QImage)` when the button is pressed, `closed` to fold it.

    The camera is on only while this is in sight: not behind another page, not behind the lock.
    """

    taken = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self._camera: Any = None
        self._parts: tuple[Any, ...] = ()  # what a running camera is wired to
        self.photo = LargePhoto()
        self.photo.setAccessibleName(self.tr("摄像头看到的"))
        self.take = Button(self.tr("拍一张"), "small", "camera")
        self.fold = Button(self.tr("关掉摄像头"), "small", "x")
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        flow = FlowLayout(buttons, theme.soft(10))
        flow.addWidget(self.take)
        flow.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.soft(8))
        column.addWidget(buttons)
        column.addWidget(self.photo)
        self.take.clicked.connect(self._press)
        self.fold.clicked.connect(self.closed)

    def start(self) -> None:
        """Switch the camera on."""
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink

        if self._camera is not None:
            return
        self.photo.show_image(None, self.tr("摄像头正在打开…"))
        self._camera = QCamera(QMediaDevices.defaultVideoInput(), self)
        session, sink = QMediaCaptureSession(self), QVideoSink(self)
        session.setCamera(self._camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(self._seen)
        self._camera.errorOccurred.connect(lambda _error, _words: self._say_trouble())
        self._parts = (session, sink)
        self._camera.start()
        self.take.setEnabled(False)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Switch it off; repeating it does nothing."""
        camera, self._camera = self._camera, None
        if camera is None:
            return
        camera.stop()
        for part in (camera, *self._parts):
            part.deleteLater()
        self._parts = ()
        self.photo.show_image(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight is off."""
        super().hideEvent(event)
        self.stop()

    def _seen(self, frame: Any) -> None:
        image = frame.toImage()
        if self._camera is not None and not image.isNull():
            self.photo.show_image(image)
            self.take.setEnabled(True)

    def _press(self) -> None:
        image = self.photo.image
        if isinstance(image, QImage) and not image.isNull():
            self.taken.emit(image.copy())

    def _say_trouble(self) -> None:
        self.photo.show_image(None, self.tr("摄像头打不开，可能别的程序在用。关掉它，再试一次。"))
