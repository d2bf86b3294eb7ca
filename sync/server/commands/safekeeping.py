"""The clerk's commands that keep the county: `backup`, `restore`, `restore-finish`, `restore-forget`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.server import backup_files, backups, beside, lives, restoring, running
from sync.server.commands import Command
from sync.server.postgres import connect

BY_ITSELF = "没在备份里的，各台电脑下次同步自己传回来，不用人管。"


def add(commands: Any, command: Command) -> None:
    """Register them."""
    backup = command(commands, "backup", _backup, "备份全县资料，当场恢复到旁边验一遍；服务不用停")
    backup.add_argument("--out", type=Path, required=True, help="放到哪个文件夹，最好是另一块盘")
    restore = command(commands, "restore", _restore, "从备份恢复；先停服务。原来的库改个名留着")
    restore.add_argument("file", type=Path, help=f"备份文件（{backup_files.SUFFIX}）")
    for name in ("restore-finish", "restored"):  # the second is the name it had before
        finish = command(commands, name, _finish, "用别的工具恢复过备份以后，开服务以前运行一次")
        finish.add_argument("--county", required=True, help="6 位代码")
    forget = command(commands, "restore-forget", _forget, "恢复时换下来的库，对过没少什么了，删掉")
    forget.add_argument("name", help="库名，restore 和 doctor 都说")


def _backup(url: str, options: argparse.Namespace) -> int:
    made = backups.make(url, options.out, running.now())
    print(f"备份好了：{made.file}")
    print(f"恢复到旁边比过，{made.rows} 行一行不差。里面是全县资料的明文：锁进柜子，别放在没加密的盘上。")
    return 0


def _restore(url: str, options: argparse.Namespace) -> int:
    done = restoring.put_back(url, options.file, running.now())
    print(f"恢复好了：{'、'.join(done.upto)}，{done.rows} 行，和备份里记的一行不差。可以开服务了。")
    if done.aside:
        print(f"原来的库没有删，改名叫 {done.aside}，里面也是明文。对过没少什么，运行 restore-forget 删掉。")
    print(BY_ITSELF)
    return 0


def _finish(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        lives.begin(connection, options.county, running.now())
    print(f"记下了：{options.county} 的资料恢复过。{BY_ITSELF}")
    return 0


def _forget(url: str, options: argparse.Namespace) -> int:
    beside.forget(url, options.name)
    print(f"删掉了：{options.name}")
    return 0
