"""The clerk's commands that keep the county's records: `restore-finish`."""

from __future__ import annotations

import argparse
from typing import Any

from sync.server import lives, running
from sync.server.commands import Command
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register them."""
    for name in ("restore-finish", "restored"):  # the second is the name it had before
        finish = command(commands, name, _finish, "用别的工具恢复过备份以后，开服务以前运行一次")
        finish.add_argument("--county", required=True, help="6 位代码")


def _finish(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        lives.begin(connection, options.county, running.now())
    print(f"记下了：{options.county} 的资料恢复过。没在备份里的，各台电脑下次同步自己传回来，不用人管。")
    return 0
