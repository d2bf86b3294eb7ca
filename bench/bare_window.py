"""The least a Qt program can do: the same fonts, one window with one word in its middle, painted once."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

if __name__ == "__main__":
    app = QApplication(sys.argv)
    for path in sys.argv[1:]:
        QFontDatabase.addApplicationFont(path)
    window = QMainWindow()
    label = QLabel("首访通")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setCentralWidget(label)
    window.resize(1366, 696)
    window.show()
    window.grab()
    os._exit(0)
