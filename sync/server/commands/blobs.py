"""The clerk's commands for photos and scans: how many there are, how many are missing, and sweeping."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.domain.problem import UserError
from sync.server import blobs, blobs_s3, running
from sync.server.blobs import COMING, Depot, in_folder
from sync.server.blobs_shelf import Parts
from sync.server.commands import Command, at_county, county_code

FOLDER = "blobs"  # in the county's data folder


def add(commands: Any, command: Command) -> None:
    """Register `photos holds` and `photos sweep`."""
    words = "照片和扫描件：有多少、还差多少，清掉没人要的"
    photos = commands.add_parser("photos", help=words, description=words)
    within = photos.add_subparsers(required=True, metavar="做什么")
    for name, run, said in (
        ("holds", _holds, "收到多少、记录里写着还没到的有多少"),
        ("sweep", _sweep, "没有记录写着、又过了 30 天的，现在就清"),
    ):
        made = command(within, name, run, said)
        made.add_argument("--county", type=county_code, required=True, help="6 位代码")
        add_place(made)


def add_place(parser: argparse.ArgumentParser) -> None:
    """Have a command be told where files of records lie."""
    words = f"照片放在哪个文件夹，默认是 --data 下的 {FOLDER}；或 s3://桶名/前缀"
    parser.add_argument("--blobs", default="", help=words)
    parser.add_argument("--s3-endpoint", default="", help="S3 兼容存储的网址；不写就是亚马逊的")
    parser.add_argument("--s3-region", default="", help="S3 的区")
    parser.add_argument("--coming", type=Path, help="没传完的放在哪个文件夹；用 s3:// 又没有 --data 时要写")


def depot_of(options: argparse.Namespace) -> Depot | None:
    """Where they lie, by the options of a command; None when nobody said. Raises UserError."""
    if blobs_s3.is_address(options.blobs):
        shelf = blobs_s3.bucket_at(options.blobs, options.s3_endpoint, options.s3_region)
        coming = options.coming or (options.data / FOLDER / COMING if options.data else None)
        if coming is None:
            raise UserError("没传完的照片放在哪儿？加上 --coming 文件夹。", field="coming")
        return Depot(shelf, Parts(coming))
    place = options.blobs or (options.data / FOLDER if options.data else None)
    return in_folder(Path(place)) if place else None


def _holds(url: str, options: argparse.Namespace) -> int:
    with at_county(url, options.county) as connection:
        held = blobs.holds(connection, options.county)
    print(
        f"收到 {held.files} 个，{held.bytes / 1_000_000:.1f} 兆；记录里写着、还没到的 {held.missing} 个；",
        end="",
    )
    print(f"没有记录写着的 {held.unnamed} 个，过 30 天清掉。")
    return 0


def _sweep(url: str, options: argparse.Namespace) -> int:
    depot = depot_of(options)
    if depot is None:
        print("没有说照片放在哪儿：加上 --blobs 文件夹。")
        return 1
    with at_county(url, options.county) as connection:
        gone = blobs.sweep(connection, depot, options.county, running.now())
    print(f"清掉了 {gone} 个。")
    return 0
