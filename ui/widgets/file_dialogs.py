"""Where files come from and go to: every dialog begins in her documents, then where she was last."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # what Windows takes in no file name
_last: Path | None = None


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """The file she points at, or None when she thinks better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder()), kinds)
    return _chosen(name)


def ask_open_many(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """The files she points at; none when she thinks better of it."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder()), kinds)
    return [chosen for name in names if (chosen := _chosen(name)) is not None]


def ask_save(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to keep a file called `name`, whose suffix is added when she leaves it out; None: nowhere."""
    plain = NOT_IN_NAMES.sub("-", name)
    given, _ = QFileDialog.getSaveFileName(parent, title, str(folder() / plain), kinds)
    suffix = Path(name).suffix
    return _chosen(given if not given or given.lower().endswith(suffix) else given + suffix)


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """The folder she points at, or None when she thinks better of it."""
    global _last
    name = QFileDialog.getExistingDirectory(parent, title, str(folder()))
    if not name:
        return None
    _last = Path(name)
    return _last


def folder() -> Path:
    """Where the next dialog begins: a folder that is there, never the program's own."""
    if _last is not None and _last.is_dir():
        return _last
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def forget() -> None:
    """Begin in her documents again, as a new start of the program does."""
    global _last
    _last = None


def _chosen(name: str) -> Path | None:
    global _last
    if not name:
        return None
    chosen = Path(name)
    _last = chosen.parent
    return chosen
