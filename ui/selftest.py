"""What a packaged copy must be able to do on a bare machine: encrypt, print a rare name, import, draw."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from datetime import datetime, timedelta, timezone
from pathlib import Path

CHINA = timezone(timedelta(hours=8))
RARE_NAME = "李𬎆"
VILLAGE = "439901101201"  # of the fictional county
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens there


def selftest() -> int:
    """Run every check; 0 when all hold. Leaves this computer for nothing and no file behind."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = 0
    for check in (_store, _paper, _roster, _line, _window):
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
    from app.domain.people.household import Household
    from app.store import Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "selftest.db"
        key = os.urandom(32)
        store = Store(path, key, create=True)
        now = datetime.now(CHINA)
        with store.unit(actor="selftest", at=now) as unit:
            unit.save(Household(id="h", village=VILLAGE, group="茶园组", door="3号"))
        found = store.finder.find("cyz").total + store.finder.find("茶园").total
        store.close()
        data = path.read_bytes()
        if "茶园组".encode() in data or b"SQLite format 3" in data:
            raise RuntimeError("the store is not encrypted")
        Store(path, key).close()
    return f"{len(data)} bytes encrypted, search finds {found}"


def _paper() -> str:
    from app import packs
    from app.documents.checklists.checklist import render
    from app.documents.preview import page_count, page_image
    from app.domain.checklists import checklist_plan
    from app.domain.people.household import Household
    from app.domain.people.identity import Sex
    from app.domain.people.person import Person

    at = datetime.now(CHINA)
    pack = packs.load(packs.reference())
    home = Household(id="h", village=VILLAGE, group="茶园组", door="3号", head="p")
    old = Person(
        id="p", village=VILLAGE, household="h", name=RARE_NAME, sex=Sex.FEMALE, relation="02",
        birth=at.date().replace(year=at.year - 82, day=1),
    )  # fmt: skip
    checklist = checklist_plan.begin(pack, "GL", old, home, None, "", "", at, "c", "K7M3P4")
    pdf = render(checklist, printed_on=at.date(), draft=True)
    width, height, _ = page_image(pdf, 0, 600)
    return f"{page_count(pdf)} page(s), {len(pdf)} bytes, seen at {width}×{height}"


def _roster() -> str:
    from app.tables import roster, roster_out

    sheet = roster_out.template()
    reading = roster.read(sheet, today=datetime.now(CHINA).date())
    return f"{len(sheet)} bytes, {len(reading.problems)} to mend"


def _line() -> str:
    from app.domain.problem import Offline
    from sync.client.http import Transport
    from sync.client.keys import new_device, signed_headers

    at = datetime.now(CHINA)
    with Transport(NOBODY) as transport:
        try:
            transport.post(
                "/v1/exchange", b"", signed_headers("/v1/exchange", b"", "d", new_device(at).key, at)
            )
        except Offline:
            return "keys made, and no county is no fault"
    raise RuntimeError("something answers where nothing should")


def _window() -> str:
    from PySide6.QtGui import QImage, QPixmap
    from PySide6.QtWidgets import QApplication

    from ui import fonts, printing, theme
    from ui.pictogram import drawing
    from ui.window import MainWindow

    app = QApplication.instance() or QApplication(["selftest", *theme.STYLE_ARGUMENTS])
    assert isinstance(app, QApplication)
    fonts.register()
    theme.apply(app, theme.Theme())
    if QPixmap.fromImage(QImage.fromData(drawing("hall"))).isNull():
        raise RuntimeError("pictograms cannot be drawn")
    window = MainWindow()
    window.show()
    app.processEvents()
    size = window.grab().size()
    window.close()
    hears = _desktop_hears()
    return f"{size.width()}×{size.height()}, {len(printing.printers())} printer(s), {hears}"


def _desktop_hears() -> str:
    """Whether what tells of sleep and of a locked desktop is packed; no desktop need be there."""
    if not sys.platform.startswith("linux"):
        return "sleep is told by messages"
    from ui.suspend_linux import LinuxEars

    return f"{LinuxEars(lambda: None).hears} words of the desktop heard"
