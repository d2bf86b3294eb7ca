"""The clerk's commands for who looks after what: `assign`, `workers`, `move`, `relocate`."""

from __future__ import annotations

import argparse
from typing import Any

from sync.server import county, moves, people
from sync.server.commands import Command, at_county, county_code, village_code


def add(commands: Any, command: Command) -> None:
    """Register them."""
    assign = command(commands, "assign", _assign, "把村分给一个人，或从她那里收回")
    assign.add_argument("--county", type=county_code, required=True, help="6 位代码")
    assign.add_argument("--worker", required=True, help="姓名或编号")
    assign.add_argument(
        "--give", type=village_code, action="append", default=[], help="给她的村，12 位代码，可写多个"
    )
    assign.add_argument(
        "--take", type=village_code, action="append", default=[], help="收回的村，12 位代码，可写多个"
    )
    listed = command(commands, "workers", _workers, "谁管哪几个村")
    listed.add_argument("--county", type=county_code, required=True, help="6 位代码")
    move = command(commands, "move", _move, "一户人家搬到别的村，所有资料跟着走")
    move.add_argument("--household", required=True, help="这一户的编号")
    move.add_argument("--village", type=village_code, required=True, help="搬到哪个村，12 位代码")
    relocate = command(commands, "relocate", _relocate, "把一条资料转到别的村")
    relocate.add_argument("--record", required=True)
    relocate.add_argument("--village", type=village_code, required=True, help="12 位代码")


def _assign(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        worker = people.assign(connection, options.county, options.worker, options.give, options.take)
    print(f"{worker.name} 现在管：{'、'.join(worker.villages)}。她的电脑下次同步就知道。")
    if options.take:
        print("收回的村，她没上传的照收，收完那台电脑自己清掉那个村的资料。")
        print("发给她还没用的登记码里，这个村也去掉了；只管这个村的码作废。")
    return 0


def _workers(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        names = county.villages_in(connection, options.county, county.buckets(connection, options.county))
        for worker in people.every(connection, options.county):
            villages = "、".join(names.get(village, village) for village in worker.villages) or "没有村"
            print(f"{worker.id}  {worker.name}  {villages}")
    return 0


def _move(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.village[:6]) as connection:
        count, _ = moves.move_household(connection, options.village[:6], options.household, options.village)
    print(f"搬过去了：{count} 条资料。两个村的电脑下次同步就知道。")
    return 0


def _relocate(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.village[:6]) as connection:
        count, _ = moves.move_record(connection, options.village[:6], options.record, options.village)
    along = f"，连同要定的和办理记录 {count - 1} 条" if count > 1 else ""
    print(f"转到了：{options.village}{along}")
    return 0
