"""A packaged copy proves on the spot that it can do its work; the same proof holds from the sources."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.selftest import selftest


def test_the_program_proves_every_room_works(look: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    assert selftest() == 0, capsys.readouterr().err
    proved = [line.split()[1].strip(":") for line in capsys.readouterr().out.splitlines()]
    assert proved == ["store", "paper", "roster", "line", "window"]
