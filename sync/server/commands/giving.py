"""The clerk's commands that hand things to the villages: `import-clues`, `dispatch`, `recall`, `tasks`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.problem import UserError
from app.domain.registers.clue import SIGNALS
from app.domain.visits.visit import PURPOSES
from app.domain.workdays import china_day
from app.tables import clue_list
from app.tables.reading import RowProblem
from sync.server import clues_in, county, giving, running, tasks_out
from sync.server.commands import Command, at_county, county_code, village_code
from sync.server.plain import plain
from sync.server.tasks_out import Campaign, Whom

SHOWN = 50  # problems said one by one; a list that is wrong throughout is wrong in one way


def add(commands: Any, command: Command) -> None:
    """Register the four."""
    clues = command(commands, "import-clues", _import, "把比对出来的线索表发给各村，一条都不落下也不重复")
    clues.add_argument("file", type=Path, help="表格（.xlsx 或 .csv），一行一条线索")
    clues.add_argument("--from", dest="given_by", default="", help="哪来的，村里看得到；不写就用文件名")
    clues.add_argument("--signal", choices=sorted(SIGNALS), default="", help="表里没写类型的都算这一种")
    clues.add_argument("--on", type=_day, help="表里没写日子的算哪天，默认今天")
    clues.add_argument("--dry-run", action="store_true", help="只查一遍，什么也不写")
    sent = command(commands, "dispatch", _dispatch, "给各村派走访任务（专项行动）")
    sent.add_argument("--campaign", required=True, help="这次行动叫什么，村里看得到；再派一次同名的不会重复")
    sent.add_argument("--purpose", required=True, help="走访目的，VP01–VP18，比如 VP16 全面排查")
    sent.add_argument("--due", type=_day, required=True, help="最晚哪天去，2026-12-20")
    sent.add_argument("--why", default="", help="要看什么，一句话")
    which = sent.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--village", type=village_code, action="append", default=[], help="哪个村，12 位代码，可写多个"
    )
    which.add_argument("--all", action="store_true", help="全县每个村")
    sent.add_argument(
        "--class", dest="classes", action="append", default=[], help="只要这类户，可写多个：DB TK"
    )
    sent.add_argument("--household", action="append", default=[], help="只要这几户，编号，可写多个")
    sent.add_argument("--dry-run", action="store_true", help="只数一数，什么也不写")
    recalled = command(commands, "recall", _recall, "一次行动不搞了：没去的户都从走访里拿掉")
    recalled.add_argument("--campaign", required=True, help="行动的名字")
    listed = command(commands, "tasks", _tasks, "派出去的任务，各村去了几户")
    for one in (clues, sent, recalled, listed):
        one.add_argument("--county", type=county_code, required=True, help="6 位代码")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{words}」不是日子，写成 2026-12-20 这样") from None


def _import(url: str, options: argparse.Namespace) -> int:
    at = running.now()
    given_by = options.given_by.strip() or options.file.stem
    if options.on is not None and options.on > china_day(at):
        raise UserError(f"{options.on} 还没到。", field="on")
    reading = clue_list.read(options.file, today=china_day(at), signal=options.signal)
    with at_county(url, options.county) as connection:
        placed = clues_in.place(connection, options.county, reading, given_by, at, options.on)
        _say(options.file, placed.problems)
        if placed.stops:
            print("一条也没有发。照上面改好，再导一次。", file=sys.stderr)
            return 1
        names = county.villages_in(connection, options.county, county.buckets(connection, options.county))
        if reading.ignored:
            print(f"这几列用不上：{'、'.join(reading.ignored)}")
        print(f"{len(placed.clues)} 条：{'，'.join(clues_in.named(placed.villages, names))}")
        strangers = len(placed.clues) - placed.on_roll
        print(f"在名册上的 {placed.on_roll} 条；不在名册上的 {strangers} 条，村里先建户再去看。")
        if options.dry_run:
            print("只查了一遍，没有发。")
            return 0
        given = giving.give(connection, options.county, placed.clues, f"clues {given_by}", at)
    print(f"发了 {given.new} 条，以前发过的 {given.known} 条没有动。各村下次同步就看到。")
    return 0


def _dispatch(url: str, options: argparse.Namespace) -> int:
    at = running.now()
    asked = Campaign(options.campaign.strip(), options.purpose, options.due, options.why.strip())
    with at_county(url, options.county) as connection:
        names = county.villages_in(connection, options.county, county.buckets(connection, options.county))
        villages = tuple(names) if options.all else tuple(dict.fromkeys(options.village))
        whom = Whom(villages, tuple(options.classes), tuple(options.household))
        tasks_out.check(connection, options.county, asked, whom, china_day(at))
        homes = tasks_out.chosen(connection, options.county, whom)
        count = sum(map(len, homes.values()))
        print(f"{asked.name}（{PURPOSES[asked.purpose]}，{asked.due_on} 前）：{count} 户")
        for village, households in homes.items():
            print(f"  {names[village]} {len(households)} 户")
        if not count:
            raise UserError("一户也没选到。名册传上来了没有？户的类型对不对？", field="village")
        if options.dry_run:
            print("只数了一遍，没有派。")
            return 0
        told = tasks_out.dispatch(connection, options.county, asked, homes, at)
    given = sum(told.values(), giving.Given())
    print(f"派了 {given.new} 户，以前派过的 {given.known} 户没有动。各村下次同步就排进走访。")
    return 0


def _recall(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        count = tasks_out.recall(connection, options.county, options.campaign.strip(), running.now())
    print(f"拿掉了 {count} 户，去过的不动。各村下次同步就知道。")
    return 0


def _tasks(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        found = tasks_out.standings(connection, options.county, running.now())
        names = county.villages_in(connection, options.county, county.buckets(connection, options.county))
    for one in found:
        late = f"，过期没去 {one.late}" if one.late else ""
        off = f"，不用去了 {one.dropped}" if one.dropped else ""
        where = names.get(one.village, one.village)
        due = f"{one.due_on} 前" if one.due_on else "没写哪天"
        what = f"{one.campaign}  {PURPOSES.get(one.purpose, one.purpose)}  {due}"
        print(f"{plain(what)}  {where}：{one.asked} 户，去了 {one.done}{off}{late}")
    if not found:
        print("没有派过任务。")
    return 0


def _say(file: Path, problems: tuple[RowProblem, ...]) -> None:
    for one in problems[:SHOWN]:
        print(f"{file.name} {one.sentence}", file=sys.stderr)
    if len(problems) > SHOWN:
        print(f"还有 {len(problems) - SHOWN} 处，没有都列出来。", file=sys.stderr)
