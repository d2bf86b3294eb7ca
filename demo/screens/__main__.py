"""`python3 dev.py screens DIR`: every page in every state, as a picture, on the fictional village."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

from app.domain.problem import StorageFault, UserError


def main() -> int:
    """Exit status: 0 when every picture could be taken."""
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out/screens"), help="where they go")
    folder: Path = parser.parse_args().folder
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from demo.hand import NotOnScreen
    from demo.screens.tour import tour

    try:
        with tempfile.TemporaryDirectory(prefix="shoufangtong-screens-") as home:
            index = tour(folder, Path(home))
    except (UserError, StorageFault) as problem:
        print(problem.words, file=sys.stderr)
        return 1
    except NotOnScreen as missing:  # the program under way would keep it as a fault of its own
        print(missing, file=sys.stderr)
        return 1
    print(index)
    return 0


if __name__ == "__main__":
    sys.exit(main())
