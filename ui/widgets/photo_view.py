"""One picture as large as the page is wide, right where it was pressed; Esc folds it, arrows turn it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.words import Button, Sentence

AROUND = 130  # px at the standard size that title and buttons need in sight with the picture
LEAST_HIGH = 220


class LargePhoto(QWidget):
    """The picture itself, never stretched; words while it is fetched or cannot be shown.

    As high as can be seen at once; `large` makes it as wide as the page instead, to read small print.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.large = False
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage | None, said: str = "") -> None:
        """Show `image`, or the words `said` in its place."""
        self.image, self._words = image, said
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It is as high as it is wide allows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The picture's own, or what leaves title and buttons in sight with it."""
        if self.image is None or self.image.isNull():
            return theme.soft(120)
        own = max(1, round(width * self.image.height() / self.image.width()))
        return own if self.large else min(own, self._seen_at_once())

    def sizeHint(self) -> QSize:
        """As for the width it has."""
        wide = max(self.width(), theme.soft(320))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(theme.soft(120), theme.soft(80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the picture."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def _seen_at_once(self) -> int:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QAbstractScrollArea):
            around = around.parentWidget()
        room = around.viewport().height() if around is not None else theme.soft(AROUND) + 400
        return max(room - theme.soft(AROUND), LEAST_HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle, a thin frame around it."""
        painter = QPainter(self)
        if self.image is None or self.image.isNull():
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._words)
            return
        dots = self.devicePixelRatio()
        scaled = self.image.scaled(
            self.size() * dots,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        wide, high = scaled.width() / dots, scaled.height() / dots
        box = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.drawImage(box, scaled)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class PhotoView(QWidget):
    """`turned(by)` to the next picture, `closed` to fold it. More buttons go into `self.flow`."""

    turned = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "clear")
        self.title = Sentence("", "label")
        self.before = Button(self.tr("上一张"), "small", "left")
        self.after = Button(self.tr("下一张"), "small", "right", after=True)
        self.zoom = Button("", "small", "search")
        self.fold = Button(self.tr("收起"), "small", "x")
        buttons = QWidget()
        buttons.setProperty("surface", "clear")
        self.flow = FlowLayout(buttons, theme.soft(10))
        for item in (self.before, self.after, self.zoom, self.fold):
            self.flow.addWidget(item)
        self.photo = LargePhoto()  # built last: Tab comes to it after the buttons above it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.soft(4), 0, theme.soft(4))
        column.setSpacing(theme.soft(8))
        for widget in (self.title, buttons, self.photo):
            column.addWidget(widget)
        self.before.clicked.connect(lambda: self.turned.emit(-1))
        self.after.clicked.connect(lambda: self.turned.emit(1))
        self.fold.clicked.connect(self.closed)
        self.zoom.clicked.connect(self._zoom)
        self.photo.pressed.connect(self._zoom)
        self._say_zoom()

    def say(self, title: str, *, first: bool, last: bool) -> None:
        """Name the picture; there is none before the first and none after the last."""
        self.title.setText(title)
        self.photo.setAccessibleName(title)
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)
        for button in (self.before, self.after):
            button.setVisible(not (first and last))

    def show_image(self, image: QImage | None, said: str = "") -> None:
        """Show `image`, or the words `said`; seen whole at first."""
        self.photo.large = self.photo.large and image is not None
        self.photo.show_image(image, said)
        self._say_zoom()

    def _zoom(self) -> None:
        self.photo.large = not self.photo.large and self.photo.image is not None
        self.photo.updateGeometry()
        self._say_zoom()

    def _say_zoom(self) -> None:
        self.zoom.setText(self.tr("看整张") if self.photo.large else self.tr("放大看字"))
        self.zoom.setVisible(self.photo.image is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc folds it, arrows and page keys turn, Enter makes it larger."""
        key = Qt.Key(event.key())
        by = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1,
        }.get(key, 0)  # fmt: skip
        if key is Qt.Key.Key_Escape:
            self.closed.emit()
        elif by and not event.modifiers():
            self.turned.emit(by)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.photo.hasFocus():
            self._zoom()
        else:
            super().keyPressEvent(event)
