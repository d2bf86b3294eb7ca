"""The clerk's commands for what could not be taken in: `quarantine list`, `release`, `refuse`."""

from __future__ import annotations

import argparse
from typing import Any

from app.domain.change import Outcome
from sync.server import quarantine, query, running
from sync.server.commands import Command, at_county, county_code, village_code

REASONS = {
    "unknown_record": "它要改的那条资料县里还没有，等那条传上来会自己进去",
    "out_of_scope": "写的不是她管的村",
    "op_id_reuse": "同一个编号用过别的内容，可能是电脑的资料被拷过",
    "county_only": "只有县里能写的",
    "bad_decision": "定得不合规矩",
    "witness_elsewhere": "恢复以前转过村的，这边电脑记的跟现在不一样；转对了村再定放不放",
    "other_type": "同一个编号是另一种资料",
}
BECAME = {
    Outcome.APPLIED: "放进去了。",
    Outcome.CONFLICT: "放进去了；有一格跟县里的不一样，两边都留着，等村里定。",
    Outcome.REJECTED: "那张单在别处已经往下走了，她写的留着，等村里看。",
    Outcome.QUARANTINED: "还是放不进去，留着。",
}


def add(commands: Any, command: Command) -> None:
    """Register the three; `command` makes one that has a database."""
    words = "收不进去的：看、放进去、不收"
    group = commands.add_parser("quarantine", help=words, description=words)
    within = group.add_subparsers(required=True, metavar="做什么")
    shown = command(within, "list", _list, "还有哪些收不进去，为什么")
    release = command(within, "release", _release, "放进去：照平常的规矩合，不盖掉谁写的")
    refuse = command(within, "refuse", _refuse, "不收：整条留着，为什么告诉村里")
    for one in (shown, release, refuse):
        one.add_argument("--county", type=county_code, required=True, help="6 位代码")
    for one in (release, refuse):
        one.add_argument("--seq", type=int, required=True, help="list 里的号")
        one.add_argument("--by", required=True, help="谁说的")
    release.add_argument("--village", type=village_code, help="放进哪个村，12 位代码；不写就按她写的")
    refuse.add_argument("--why", required=True, help="为什么不收，村里看得到")


def _list(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        rows = query.open_quarantine(connection, options.county)
    for row in rows:
        why = REASONS.get(row["reason"], f"这一版读不懂（{row['reason']}）")
        what = f"{row['seq']}  {row['opened_at']:%Y-%m-%d}  {row['worker']}  {row['type']}  {row['bucket']}"
        print(f"{what}  {why}")
    if not rows:
        print("没有收不进去的。")
    return 0


def _release(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        outcome = quarantine.release(
            connection, options.county, options.seq, options.by, running.now(), village=options.village or ""
        )
    print(BECAME[outcome])
    return 0


def _refuse(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        quarantine.refuse(connection, options.county, options.seq, options.by, options.why, running.now())
    print("记下了，没有收。原来写的整条都在，她下次同步就知道。")
    return 0
