"""`python3 dev.py demo`: the fictional village in a window, or with --headless the whole job by itself."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
from pathlib import Path

from app.domain.problem import StorageFault, UserError

HOME = Path(__file__).resolve().parent.parent / ".demo"


def main() -> int:
    """Exit status: 0 when it went well; headless only if the county holds exactly what the device holds."""
    options = _parser().parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        if options.headless:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            return _headless(options.out, pair=options.two_devices)
        if options.two_devices:
            from demo.pair.watch import show as show_pair
            from demo.window import find_screen

            find_screen()
            return show_pair(options.home.with_name(f"{options.home.name}-pair"))
        if options.fresh:
            shutil.rmtree(options.home, ignore_errors=True)
        from demo.window import show

        return show(options.home)
    except (UserError, StorageFault) as problem:
        print(problem.words, file=sys.stderr)
        return 1


def _headless(out: Path, *, pair: bool) -> int:
    from demo.hand import NotOnScreen
    from demo.headless import play
    from demo.pair.watch import play_headless

    try:
        return play_headless(out) if pair else play(out)
    except NotOnScreen as missing:  # the program under way would keep it as a fault of its own, without words
        print(missing, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="no display: play the job, then compare")
    parser.add_argument(
        "--two-devices", action="store_true", help="two laptops and their county; cables pulled, lights out"
    )
    parser.add_argument("--out", type=Path, default=Path("out/demo"), help="where the headless job writes")
    parser.add_argument("--home", type=Path, default=HOME, help="where the window's village is kept")
    parser.add_argument("--fresh", action="store_true", help="begin with a new village")
    return parser


if __name__ == "__main__":
    sys.exit(main())
