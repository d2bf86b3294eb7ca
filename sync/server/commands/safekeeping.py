"""The clerk's commands that keep the county's records: `restored`."""

from __future__ import annotations

import argparse
from typing import Any

from sync.server import county, running
from sync.server.commands import Command
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register them."""
    restored = command(commands, "restored", _restored, "恢复过备份以后，让各台电脑重新核对")
    restored.add_argument("--county", required=True, help="6 位代码")


def _restored(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        county.restored(connection, options.county, running.now())
    print(f"记下了：{options.county} 的资料恢复过。每台电脑再发一个登记码，没在备份里的会自己传回来。")
    return 0
