"""Open the program: `python -m ui`. With --selftest it proves a packaged copy works, and exits."""

from __future__ import annotations

import sys


def main() -> int:
    """Exit status of the program."""
    if "--selftest" in sys.argv[1:]:
        from ui.selftest import selftest

        return selftest()
    from ui.bootstrap import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
