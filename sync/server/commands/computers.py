"""The clerk's commands for workers' computers: `enrol`, `devices`, `lost`, `revoke`."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any

from app.domain.problem import UserError
from sync.server import county, devices, enrolment, people, running
from sync.server.commands import Command, at_county, county_code, village_code
from sync.server.devices import Computer
from sync.server.plain import plain
from sync.server.postgres import Connection, connect

WHICH_COUNTY = "写上是哪个县：--county 加 6 位代码。"
AFTER_LOSS = (
    "停用了：{device}（{name} 的）。从现在起它问不到、也传不进任何东西。接着做三件事：",
    "  1  里面的资料是加密的，没有口令打不开；口令写在电脑上或一起丢了的，当作已经泄露，按规定上报。",
    "  2  用 enrol 给她管的村发新登记码。本人在另一台电脑上先点「换了新电脑？从备份恢复」，恢复好了开锁，",
    "     再到「同步」里「重新登记这台电脑」用新码：U 盘上的备份连没上传的都在。先登记后恢复，码就白用了。",
    "  3  没有备份的，{waiting}以后记的只有纸上有，请本人照纸补记。",
)


def add(commands: Any, command: Command) -> None:
    """Register them."""
    enrol = command(commands, "enrol", _enrol, "发一次性登记码")
    enrol.add_argument(
        "--village", type=village_code, required=True, action="append", help="12 位代码，可写多个"
    )
    enrol.add_argument("--worker", required=True, help="姓名")
    enrol.add_argument("--days", type=int, default=3, help="管几天，最长 14；没有网、用 U 盘登记的写长些")
    listed = command(commands, "devices", _devices, "登记过的电脑：谁的、哪天来过")
    listed.add_argument("--county", type=county_code, required=True, help="6 位代码")
    lost = command(commands, "lost", _lost, "电脑丢了：马上停用，再告诉您接着做什么")
    mine = lost.add_mutually_exclusive_group(required=True)
    mine.add_argument("--device", help="编号，用 devices 查")
    mine.add_argument("--worker", help="姓名或编号；她只有一台在用就停那一台，有几台就列出来")
    lost.add_argument("--county", type=county_code, help="6 位代码，和 --worker 一起写")
    revoke = command(commands, "revoke", _revoke, "停用一台电脑，或一个不干了的人的全部电脑")
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("--device", help="编号，用 devices 查")
    which.add_argument("--worker", help="姓名或编号；没上传的 30 天里还收")
    revoke.add_argument("--county", type=county_code, help="6 位代码，和 --worker 一起写")


def _enrol(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        if not 0 < options.days <= enrolment.LONGEST.days:
            raise UserError(f"登记码管 1 到 {enrolment.LONGEST.days} 天。", field="days")
        valid = timedelta(days=options.days)
        issued = enrolment.issue(connection, options.village, options.worker, running.now(), valid=valid)
    print(f"登记码  {issued.code}")
    print(f"给谁    {issued.worker_name}（{issued.worker}）")
    print(f"到期    {issued.expires_at:%Y-%m-%d %H:%M}，只能用一次，只显示这一次。")
    return 0


def _devices(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        for one in devices.every(connection, options.county):
            print(_computer_words(one))
    return 0


def _computer_words(one: Computer) -> str:
    seen = f"{one.seen_at:%Y-%m-%d %H:%M} 来过" if one.seen_at else "没来过"
    state = f"，{one.revoked_at:%Y-%m-%d} 停用" if one.revoked_at else ""
    return plain(f"{one.device}  {one.worker_name}  {one.name}  {seen}{state}")


def _lost(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        device = options.device or _only_one(connection, options)
        devices.revoke(connection, device, running.now())
        one = devices.one(connection, device)
    since = f"{one.seen_at:%Y-%m-%d %H:%M} " if one.seen_at else "登记"
    for line in AFTER_LOSS:
        print(line.format(device=one.device, name=one.worker_name, waiting=since))
    return 0


def _only_one(connection: Connection, options: argparse.Namespace) -> str:
    """The computer in use of the worker who rings. Raises UserError, with a list where there are several."""
    if not options.county:
        raise UserError(WHICH_COUNTY, field="county")
    county.must_be_there(connection, options.county)
    worker = people.find(connection, options.county, options.worker)
    hers = [one for one in devices.of_worker(connection, options.county, worker.id) if not one.revoked_at]
    if len(hers) != 1:
        listed = "；".join(_computer_words(one) for one in hers)
        words = f"{worker.name} 有 {len(hers)} 台在用，问清丢的是哪一台，写 --device 编号：{listed}"
        raise UserError(words if hers else f"{worker.name} 没有在用的电脑，不用停。", field="worker")
    return hers[0].device


def _revoke(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        if options.device:
            devices.revoke(connection, options.device, running.now())
            print(f"停用了：{options.device}")
            return 0
        if not options.county:
            raise UserError(WHICH_COUNTY, field="county")
        county.must_be_there(connection, options.county)
        worker, computers = people.leave(connection, options.county, options.worker, running.now())
    print(f"{worker.name} 的 {len(worker.villages)} 个村收回了，{computers} 台电脑停用了。")
    print(f"没上传的，{people.LATE_FOR.days} 天里连一次网就收下，留给乡镇看。村给谁接，用 assign。")
    return 0
