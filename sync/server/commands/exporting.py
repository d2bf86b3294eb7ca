"""The clerk's commands that take tables out: `export`, and `exports`, which says who did."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.tables import streamed
from sync.server import exports, running
from sync.server.commands import Command, at_county, county_code, village_code
from sync.server.export_words import KINDS
from sync.server.exports import Wanted
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register both."""
    out = command(commands, "export", _export, "把一种资料导成表格；姓名、证号、电话默认遮盖")
    every = "、".join(f"{kind} {words}" for kind, words in KINDS.items())
    out.add_argument("--type", required=True, dest="kind", help=f"哪一种：{every}")
    out.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
    out.add_argument("--out", type=Path, required=True, help="写到哪个文件")
    out.add_argument(
        "--village", type=village_code, action="append", default=[], help="只要这个村，12 位代码，可写多个"
    )
    out.add_argument("--unmasked", action="store_true", help="不遮盖；要写 --by 和 --why，会记下来")
    out.add_argument("--by", default="", help="谁拿")
    out.add_argument("--why", default="", help="拿去做什么")
    listed = command(commands, "exports", _exports, "谁导出过什么")
    for one in (out, listed):
        one.add_argument("--county", type=county_code, required=True, help="6 位代码")


def _export(url: str, options: argparse.Namespace) -> int:
    wanted = Wanted(options.county, options.kind, tuple(options.village), not options.unmasked)
    with connect(url) as connection:
        exports.check(connection, wanted, options.by, options.why)
        exports.note(connection, wanted, options.by, options.why, running.now())
        heads, rows = exports.headings(wanted.kind), exports.rows(connection, wanted)
        if options.format == "csv":
            count = streamed.to_csv(options.out, heads, rows)
        else:
            count = streamed.to_xlsx(options.out, KINDS[wanted.kind], heads, rows)
    print(f"{KINDS[wanted.kind]} {count} 条，写进了 {options.out}。{'遮盖过。' if wanted.masked else ''}")
    if not wanted.masked:
        print("里面有个人信息，没有遮盖。放在加密的盘上，用完删掉。这次导出记下了。")
    return 0


def _exports(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        found = exports.taken(connection, options.county)
    for one in found:
        where = "、".join(one.villages) or "全县"
        how = "遮盖过" if one.masked else f"没遮盖，{one.by}：{one.why}"
        print(f"{one.at:%Y-%m-%d %H:%M}  {KINDS.get(one.kind, one.kind)}  {where}  {how}")
    if not found:
        print("没有导出过。")
    return 0
