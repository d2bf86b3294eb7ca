"""The clerk's commands that only look: `holds`."""

from __future__ import annotations

import argparse
import json
from typing import Any

from sync.server import query
from sync.server.commands import Command
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register them."""
    holds = command(commands, "holds", _holds, "县里有什么")
    holds.add_argument("--json", action="store_true")


def _holds(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        found = [query.holdings(connection, code) for code in query.counties(connection)]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    for held in [] if options.json else found:
        print(_in_words(held))
    return 0


def _in_words(held: dict[str, Any]) -> str:
    kinds = "，".join(f"{kind} {count}" for kind, count in held["records"].items()) or "还没有资料"
    return (
        f"{held['county']} {held['name']}：{kinds}；"
        f"等着裁定 {held['conflicts']}，留待核查 {held['quarantined']}，电脑 {held['devices']} 台"
    )
