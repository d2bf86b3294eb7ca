"""Cold start to the lock page beside a bare PySide6 window with the same fonts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from app.actions.entry.gate import Gate
from app.documents.typography.fontfiles import find
from app.domain.device import DeviceIdentity
from app.domain.workdays import CHINA
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from bench.measure import Row, in_turn, ratio

ROUNDS = 7
LIMIT = 1.5


def rows() -> list[Row]:
    """One row: two fresh processes in turn, start to exit."""
    files = find()
    fonts = [str(path) for path in (files.regular, files.bold, *files.rare)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # An installed program is compiled, as the library beside it is.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        device = DeviceIdentity(
            "d", "r", bytes(32), "http://127.0.0.1:1", "439901", "e", "w", "向海燕", ("439901101201",)
        )
        gate = Gate(paths, lambda: datetime.now(CHINA), cost=Cost(1, FLOOR_MEMORY_KIB))
        gate.create("qiaotou you sanke fengshu", device)

        def run(*words: str) -> None:
            subprocess.run([sys.executable, "-m", *words], check=True, env=environment, capture_output=True)

        run("bench.our_window", folder)
        ours, theirs = in_turn(
            lambda: run("bench.our_window", folder), lambda: run("bench.bare_window", *fonts), ROUNDS
        )
    return [ratio("冷启动到锁屏页", ours, theirs, "光秃的 PySide6 窗口，同样的字体", LIMIT)]
