"""The clerk's command that proves the log is what it was: `chain`."""

from __future__ import annotations

import argparse
from typing import Any

from app.domain.problem import UserError
from sync.server import chain, running
from sync.server.commands import Command, at_county, county_code

SHOWN = 10


def add(commands: Any, command: Command) -> None:
    """Register it."""
    made = command(commands, "chain", _chain, "查日志有没有被改过，记下今天的链头")
    made.add_argument("--county", type=county_code, required=True, help="6 位代码")
    made.add_argument("--head", default="", help="以前抄下来的链头，查它还在不在")


def _chain(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        written = _written(options.head)
        if wrong := chain.broken(connection, options.county, written):
            raise UserError(f"日志不对：{wrong}先别再收，把这台机器和备份都留着，报县里管事的人。")
        chain.extend(connection, options.county, running.now())
        found = chain.heads(connection, options.county, SHOWN)
    print("日志没有被改过。" if found else "日志还是空的。")
    for head in found:
        print(f"{head.made_at:%Y-%m-%d %H:%M}  到第 {head.upto} 号，{head.ops} 条  {head.words}")
    if found:
        print("把最上面一行抄到本子上，或存到别的机器上：以后就能查。")
    return 0


def _written(head: str) -> bytes:
    try:
        written = bytes.fromhex(head.strip())
    except ValueError:
        written = b"?"
    if head.strip() and len(written) != len(chain.BEGINNING):
        raise UserError("链头是 64 个 0–9、a–f，照着再抄一遍。", field="head")
    return written if head.strip() else b""
