"""The clerk's command for what comes on a stick: `bundle import` takes work in and enrols computers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.domain.problem import StorageFault, UserError
from app.vault import parcel_files
from sync.protocol import bundle, enrol_file
from sync.protocol.errors import Refused
from sync.server import enrol_files, running, sticks
from sync.server.blobs import Depot
from sync.server.commands import Command, blobs
from sync.server.postgres import Connection, connect

NONE_FOUND = "这里没有 U 盘送来的文件（{suffixes}）。写上 U 盘的盘符或文件夹，或一个个文件。"
ENROLLED = "登记了：{name} 的电脑（{device}）。核对数 {check}：电话里念给本人，跟她屏幕上的一样才算。"
READ_ENROLLED = "登记回执写在旁边。U 盘拿回去，在她写申请的地方点「读登记回执」。"
NO_ADDRESS = "没写县里的网址（--address），那台电脑只能用 U 盘送；写上再收一次，回执就带网址。"
NOT_AN_ADDRESS = "网址要以 https:// 开头，例如 https://county.example。"
READ_BACK = "回执写在原来的文件旁边。U 盘拿回村里，在「同步」里点「读 U 盘上的回执」。"


def add(commands: Any, command: Command) -> None:
    """Register it."""
    words = "U 盘送来的：收进来，在旁边写回执"
    group = commands.add_parser("bundle", help=words, description=words)
    within = group.add_subparsers(required=True, metavar="做什么")
    made = command(within, "import", _import, "收 U 盘上的文件和登记申请；可以重复收，先收哪个都行")
    made.add_argument("place", nargs="+", type=Path, metavar="文件", help="文件，或 U 盘、文件夹")
    made.add_argument("--address", default="", help="县里的网址，写进登记回执，有网那天就用它")
    blobs.add_place(made)


def _import(url: str, options: argparse.Namespace) -> int:
    address = options.address.strip().rstrip("/")
    if address and not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise UserError(NOT_AN_ADDRESS, field="address")
    asked = parcel_files.found(options.place, enrol_file.ASK_SUFFIX)  # first: her work may lie beside it
    files = parcel_files.found(options.place, bundle.UP_SUFFIX)
    if not asked and not files:
        print(NONE_FOUND.format(suffixes=f"{bundle.UP_SUFFIX}、{enrol_file.ASK_SUFFIX}"))
        return 1
    depot = blobs.depot_of(options)
    with connect(url) as connection:
        enrolled = sum(_enrol(connection, file, address) for file in asked)
        done = sum(_one(connection, file, depot) for file in files)
    if enrolled:
        print(READ_ENROLLED if address else f"{READ_ENROLLED}\n{NO_ADDRESS}")
    if done:
        print(READ_BACK)
    return 0 if enrolled + done == len(asked) + len(files) else 1


def _enrol(connection: Connection, file: Path, address: str) -> bool:
    """Enrol the computer that wrote `file` and say how it went."""
    try:
        raw = parcel_files.get(file, enrol_file.FILE_BYTES)
        told = enrol_files.take_in(connection, raw, running.now(), address)
        parcel_files.put(file.with_suffix(enrol_file.TOLD_SUFFIX), told.answer)
    except Refused as refused:
        print(f"没登记：{file.name}。{enrol_files.clerk_words(refused.refusal.code)}")
        return False
    except StorageFault as fault:
        print(f"没弄完：{file.name}。{fault.words}")
        return False
    if told.refused:
        print(f"没登记：{file.name}。{enrol_files.clerk_words(told.refused)}")
        return False
    print(ENROLLED.format(name=told.worker_name, device=told.device, check=told.check))
    return True


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
