"""`python -m sync.client relay --server ADDRESS PLACE…`: a township computer carries on what came on sticks.

Exit codes: 0 all carried, 1 something not carried (said in words), 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.domain.problem import Offline, StorageFault, UserError
from sync.client import relay
from sync.client.http import Transport
from sync.client.relay import Carried

NONE_FOUND = "这里没有要送县里的文件（.sftup、.sftask）。写上 U 盘的盘符，或文件夹。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m sync.client", description="替村里把 U 盘送到县里")
    commands = parser.add_subparsers(required=True, metavar="命令")
    words = "把 U 盘上的文件送到县里，回执写回 U 盘；里面的内容谁也看不见"
    one = commands.add_parser("relay", help=words, description=words)
    one.add_argument("--server", required=True, help="县里的网址")
    one.add_argument("--ca", type=Path, help="县里自己的根证书（PEM），有的话")
    one.add_argument("place", nargs="+", type=Path, metavar="位置", help="U 盘、文件夹，或一个个文件")
    options = parser.parse_args(arguments)
    try:
        with Transport(options.server, ca_file=options.ca) as transport:
            done = relay.carry(transport, options.place, _say)
    except (Offline, UserError, StorageFault) as error:
        print(error.words if not isinstance(error, UserError) else str(error), file=sys.stderr)
        return 1
    if not done:
        print(NONE_FOUND)
        return 1
    return 1 if any(one.problem for one in done) else 0


def _say(one: Carried) -> None:
    print(f"{one.file.name}：{one.problem or '送到了，回执写在旁边。'}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
