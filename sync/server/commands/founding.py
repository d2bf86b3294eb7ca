"""The clerk's commands that set a county up: `init`, `village`, `migrate`."""

from __future__ import annotations

import argparse
from typing import Any

from sync.server import county, partitions, running
from sync.server.commands import Command, county_code, village_code
from sync.server.postgres import connect, migrate


def add(commands: Any, command: Command) -> None:
    """Register them."""
    init = command(commands, "init", _init, "建县")
    init.add_argument("--county", type=county_code, required=True, help="6 位代码")
    init.add_argument("--name", required=True)
    init.add_argument("--partitions", type=int, default=0, help="一个库放许多县时，把大表按县分成几份")
    village = command(commands, "village", _village, "加村，或改村名")
    village.add_argument("--code", type=village_code, required=True, help="12 位代码")
    village.add_argument("--name", required=True)
    command(commands, "migrate", _migrate, "升级数据库")


def _init(url: str, options: argparse.Namespace) -> int:
    _migrate(url, options)
    if options.partitions:
        partitions.divide(url, options.partitions)
    with connect(url) as connection:
        county.found(connection, options.county, options.name, running.now())
    print(f"建好了：{options.county} {options.name}")
    return 0


def _village(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        county.add_village(connection, options.code, options.name)
    print(f"加上了：{options.code} {options.name}")
    return 0


def _migrate(url: str, options: argparse.Namespace) -> int:
    del options
    for name in migrate(url):
        print(f"升级  {name}")
    return 0
