"""The clerk's command for what workers bring on a stick: `bundle import`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.domain.problem import StorageFault
from app.vault import parcel_files
from sync.protocol import bundle
from sync.protocol.errors import Refused
from sync.server import running, sticks
from sync.server.blobs import Depot
from sync.server.commands import Command, blobs
from sync.server.postgres import Connection, connect

NONE_FOUND = "这里没有 U 盘送来的文件（{suffix}）。写上 U 盘的盘符或文件夹，或一个个文件。"
READ_BACK = "回执写在原来的文件旁边。U 盘拿回村里，在「同步」里点「读 U 盘上的回执」。"


def add(commands: Any, command: Command) -> None:
    """Register it."""
    words = "U 盘送来的：收进来，在旁边写回执"
    group = commands.add_parser("bundle", help=words, description=words)
    within = group.add_subparsers(required=True, metavar="做什么")
    made = command(within, "import", _import, "收 U 盘上的文件；可以重复收，先收哪个都行")
    made.add_argument("place", nargs="+", type=Path, metavar="文件", help="文件，或 U 盘、文件夹")
    blobs.add_place(made)


def _import(url: str, options: argparse.Namespace) -> int:
    files = parcel_files.found(options.place, bundle.UP_SUFFIX)
    if not files:
        print(NONE_FOUND.format(suffix=bundle.UP_SUFFIX))
        return 1
    depot = blobs.depot_of(options)
    with connect(url) as connection:
        done = sum(_one(connection, file, depot) for file in files)
    if done:
        print(READ_BACK)
    return 0 if done == len(files) else 1


def _one(connection: Connection, file: Path, depot: Depot | None) -> bool:
    """Take one file in and say how it went; what goes wrong with one keeps no other from being taken."""
    try:
        raw = parcel_files.get(file, bundle.BUNDLE_BYTES)
        told = sticks.take_in(connection, raw, depot, running.now())
        parcel_files.put(file.with_suffix(bundle.DOWN_SUFFIX), told.answer)
    except Refused as refused:
        print(f"没收：{file.name}。{sticks.clerk_words(refused)}")
        return False
    except StorageFault as fault:
        print(f"没弄完：{file.name}。{fault.words}")
        return False
    aside = f"（{sticks.REFUSED_WORDS.get(told.refused, told.refused)}）" if told.refused else ""
    print(f"收了：{file.name}，{told.changes} 处改动，{told.files} 张照片{aside}")
    return True
