"""`python -m demo.village OUT.xlsx`: write the fictional village's roster as a county would send it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from app.domain.problem import StorageFault
from app.files import write_whole
from app.tables import roster_out
from demo.village import generate, story


def main(arguments: list[str] | None = None) -> int:
    """Write the roster, or an empty template. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo.village", description=__doc__)
    parser.add_argument("out", type=Path, help="the .xlsx to write; an existing one is replaced")
    parser.add_argument("--seed", type=int, default=439901, help="another seed makes another village")
    parser.add_argument("--on", type=date.fromisoformat, default=story.ON, help="the day it stands on")
    parser.add_argument("--template", action="store_true", help="an empty roster with explanations")
    options = parser.parse_args(arguments)
    try:
        if options.template:
            write_whole(options.out, roster_out.template())
            print(f"空白名册：{options.out}")
            return 0
        village = generate(options.seed, options.on)
        write_whole(options.out, roster_out.write(village.households, village.people, simulated=True))
    except StorageFault as fault:
        print(fault.words, file=sys.stderr)
        return 1
    print(f"{village.name}（模拟数据）：{len(village.households)} 户 {len(village.people)} 人，{options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
