"""Which stick is meant: the one that is plugged in, or the place she points at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.drives import Drive
from ui.widgets.file_dialogs import ask_folder


def stick_place(card: QWidget, plugged: Sequence[Drive], say: Callable[[str, str, str], None]) -> Path | None:
    """The folder of the stick; None where she chose none. `say` tells her on the card why she is asked."""
    if len(plugged) == 1:
        return plugged[0].root
    lead = card.tr("插着几个 U 盘。") if plugged else card.tr("没看到 U 盘。")
    rest = card.tr("选要用的那一个。") if plugged else card.tr("插紧，等几秒再点；也可以自己选 U 盘。")
    say("warn", lead, rest)
    return ask_folder(card, card.tr("选 U 盘"))
