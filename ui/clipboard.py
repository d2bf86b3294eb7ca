"""What is copied in our windows leaves the clipboard again: after a minute, at the lock and at the end."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

CLEAR_AFTER_MS = 60_000
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)  # X11 keeps marked words apart
# How one asks the histories of KDE, of Windows and of its cloud to let something pass by.
PASS_BY = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}


class CopiedWords(QObject):
    """Notices every copy made in this program, by a button or by Ctrl+C in any field, and takes it back.

    Another program's words are never touched: only what still stands there as it was copied here goes.
    """

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._ours: dict[QClipboard.Mode, int] = {}  # hashes: the words themselves are not kept twice
        self._marking = False
        self.timer = QTimer(self, singleShot=True, interval=CLEAR_AFTER_MS)
        self.timer.timeout.connect(self.clear)
        clipboard.changed.connect(self._changed)

    def clear(self) -> None:
        """Take back at once what was copied here, if it is still there; repeating it does nothing."""
        self.timer.stop()
        ours, self._ours = self._ours, {}
        for mode, words in ours.items():
            if hash(self._clipboard.text(mode)) == words:
                self._clipboard.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in MODES or self._marking:
            return
        text = self._clipboard.text(mode)
        if text and self._owned(mode):
            if mode is QClipboard.Mode.Clipboard:
                self._mark(text)
            self._ours[mode] = hash(text)
            self.timer.start()
        elif self._ours.get(mode) != hash(text):  # a clipboard manager may have taken our words over
            self._ours.pop(mode, None)

    def _owned(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() == "offscreen":
            return True  # drawn into memory there is no other program, and Qt keeps no owner
        if mode is QClipboard.Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return self._clipboard.ownsSelection()

    def _mark(self, text: str) -> None:
        """The same words again, with the wish that no history keeps them."""
        carried = QMimeData()
        carried.setText(text)
        for name, value in PASS_BY.items():
            carried.setData(name, QByteArray(value))
        self._marking = True
        try:
            self._clipboard.setMimeData(carried)
        finally:
            self._marking = False
