"""A worker at a form without end, and whoever pulls the plug on her."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.store import Store
from tests.desks import Clock, desk_on
from tests.ui.village import KEY
from ui import theme
from ui.tasks import Tasks

ROOT = Path(__file__).resolve().parents[2]


def go_on(page_for: Callable[[Tasks], Any], fill: Callable[[Any], None], folder: Path, draft: str) -> None:
    """Open the draft on its page and `fill` its form from where it was left, until the process dies."""
    app = QApplication(["go_on", *theme.STYLE_ARGUMENTS])
    theme.apply(app, theme.Theme())
    tasks = Tasks()
    page = page_for(tasks)

    def opener() -> Desk:
        return desk_on(Store(folder / "store.db", KEY), Clock())

    tasks.open(page, opener)
    page.show()
    page.open(draft=draft)
    tasks.wait_idle()
    assert page.writing is not None
    fill(page.writing.form)
    app.exec()


def pull(program: str, folder: Path, draft: str, *, lines: int, before: int) -> int:
    """Run the module `program` on the draft; the last count it called kept before SIGKILL, after `lines`
    such words. `before` is what was kept already."""
    filling = subprocess.Popen(
        [sys.executable, "-m", program, str(folder), draft],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert filling.stdout is not None
    try:
        heard = [int(filling.stdout.readline() or "-1") for _ in range(lines)]
    finally:
        filling.kill()
        filling.wait()
        filling.stdout.close()
    assert heard[-1] >= before
    return heard[-1]
