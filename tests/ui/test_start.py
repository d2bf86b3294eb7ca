"""The lock page stands before the rest is loaded: an old laptop reads its programs from a hard disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.ui.laptop import enrolled

HEAVY = (
    "sqlcipher3", "sqlite_utils", "cryptography", "reportlab", "requests", "openpyxl", "pypinyin",
    "pypdfium2", "app.store", "app.documents.paper", "app.vault.slots", "app.vault.keyfile", "ui.inside",
    "ui.widgets.rows", "ui.widgets.line_button", "importlib.resources", "PySide6.QtDBus",
)  # fmt: skip
SCRIPT = """
import os, sys
from pathlib import Path
from app.paths import Paths
from ui.bootstrap import Program, application

program = Program(application(["start"]), Paths(Path(sys.argv[1])), automatic_sync=False)
program.gates.show()
program.window.show()
program.window.grab()
print(type(program.window.centralWidget()).__name__, *sys.modules)
sys.stdout.flush()
os._exit(0)
"""


def test_the_lock_page_stands_without_what_it_does_not_need(tmp_path: Path) -> None:
    paths = enrolled(tmp_path)
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(paths.root)], check=True, capture_output=True, text=True
    ).stdout.split()
    assert told[0] == "UnlockPage"
    assert not {*HEAVY} & {*told}
