"""Our own start up to the painted lock page, then out: compared with the bare window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.paths import Paths
from ui.bootstrap import Program, application

if __name__ == "__main__":
    app = application(sys.argv[:1])
    program = Program(app, Paths(Path(sys.argv[1])), automatic_sync=False)
    program.start()
    program.window.grab()
    # Painted: how the program ends is not what is measured.
    os._exit(0)
