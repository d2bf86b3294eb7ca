"""What a packaged copy must be able to do on a bare machine: encrypt, print a rare name, draw a window."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

CHINA = timezone(timedelta(hours=8))
RARE_NAME = "李𬎆"


def selftest() -> int:
    """Run every check; 0 when all hold. Speaks to no network and leaves no file behind."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = 0
    for check in (_store, _paper, _window):
        try:
            words = check()
        except Exception:
            failures += 1
            print(f"FAIL {check.__name__.strip('_')}", file=sys.stderr)
            traceback.print_exc()
        else:
            print(f"ok   {check.__name__.strip('_')}: {words}")
    return 1 if failures else 0


def _store() -> str:
    from app.domain.household import Household
    from app.store import Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "selftest.db"
        key = os.urandom(32)
        store = Store(path, key, create=True)
        now = datetime.now(CHINA)
        with store.unit(actor="selftest", at=now) as unit:
            unit.save(Household(id="h", village="439901101201", group="茶园组", door="3号"))
        found = store.finder.find("cyz").total + store.finder.find("茶园").total
        store.close()
        data = path.read_bytes()
        if "茶园组".encode() in data or b"SQLite format 3" in data:
            raise RuntimeError("the store is not encrypted")
        Store(path, key).close()
    return f"{len(data)} bytes encrypted, search finds {found}"


def _paper() -> str:
    from app import packs
    from app.documents.checklist import render
    from app.documents.preview import page_count
    from app.domain.checklist import Checklist

    on = datetime.now(CHINA).date()
    checklist = Checklist(
        id="c", village="439901101201", household="h", person="p", item="GL", item_name="高龄津贴",
        called=RARE_NAME, code="K7M3P4", made_on=on, pack=packs.load(packs.reference()).label, simulated=True,
    )  # fmt: skip
    pdf = render(replace(checklist, headline="领高龄津贴"), printed_on=on, draft=True)
    return f"{page_count(pdf)} page(s), {len(pdf)} bytes"


def _window() -> str:
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.window import MainWindow

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    window = MainWindow()
    window.show()
    app.processEvents()
    size = window.grab().size()
    window.close()
    return f"{size.width()}×{size.height()}"


Check = Callable[[], str]
