"""The clerk's commands for workers' computers: `enrol`, `revoke`."""

from __future__ import annotations

import argparse
from typing import Any

from sync.server import devices, enrolment, running
from sync.server.commands import Command
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register them."""
    enrol = command(commands, "enrol", _enrol, "发一次性登记码")
    enrol.add_argument("--village", required=True, action="append", help="12 位代码，可写多个")
    enrol.add_argument("--worker", required=True, help="姓名")
    revoke = command(commands, "revoke", _revoke, "停用一台电脑")
    revoke.add_argument("--device", required=True)


def _enrol(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        issued = enrolment.issue(connection, options.village, options.worker, running.now())
    print(f"登记码  {issued.code}")
    print(f"给谁    {issued.worker_name}（{issued.worker}）")
    print(f"到期    {issued.expires_at:%Y-%m-%d %H:%M}，只能用一次，只显示这一次。")
    return 0


def _revoke(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        devices.revoke(connection, options.device, running.now())
    print(f"停用了：{options.device}")
    return 0
