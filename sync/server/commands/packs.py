"""The clerk's commands for policy packs: `pack key`, `pack sign`, `pack publish`."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from app.domain.problem import UserError
from app.files import write_whole
from app.pack_file import PACKED_BYTES, SUFFIX
from sync.server import key_files, packs, running
from sync.server.commands import Command, at_county, county_code


def add(commands: Any, command: Command) -> None:
    """Register the three; `command` makes one that has a database."""
    words = "政策包：做签名钥匙、签名、发给各台电脑"
    pack = commands.add_parser("pack", help=words, description=words)
    within = pack.add_subparsers(required=True, metavar="做什么")
    key = command(within, "key", _key, "做签政策包的钥匙，一个县一把")
    key.add_argument("--county", type=county_code, required=True, help="6 位代码")
    key.add_argument("--out", type=Path, required=True, help="私钥写到哪个文件，带口令")
    key.add_argument("--again", action="store_true", help="旧的丢了，再做一把；各台电脑要重新登记")
    signing = "查一遍，签上名，做成一个文件"
    sign = within.add_parser("sign", help=signing, description=signing)
    sign.add_argument("folder", type=Path, nargs="+", help="县里的文件夹；后面可以跟各镇的")
    sign.add_argument("--key", type=Path, required=True, help="签名钥匙文件")
    sign.add_argument("--out", type=Path, required=True, help=f"写到哪个文件（{SUFFIX}）")
    sign.set_defaults(run=_sign, needs_database=False)
    publish = command(within, "publish", _publish, "发出去：各台电脑下次同步就换上")
    publish.add_argument("file", type=Path, help=f"签了名的文件（{SUFFIX}）")
    publish.add_argument("--county", type=county_code, required=True, help="6 位代码")


def _key(url: str, options: argparse.Namespace) -> int:
    words = key_files.ask_new("给签名钥匙定一个口令（记在别处，锁好）：")
    with at_county(url, options.county) as connection:
        packs.make_key(connection, options.county, options.out, words, running.now(), again=options.again)
    print(f"做好了：{options.out}。拷进 U 盘锁进柜子，这台机器上的删掉。各台电脑下次同步就认得它签的名。")
    return 0


def _sign(_: str, options: argparse.Namespace) -> int:
    private = key_files.read_signing(options.key, getpass.getpass("签名钥匙的口令："))
    signed = packs.sign(options.folder, private, running.now())
    write_whole(options.out, signed)
    print(f"签好了：{options.out}。用 publish 发出去，没有网的村拷进 U 盘带去。")
    return 0


def _publish(url: str, options: argparse.Namespace) -> int:
    try:
        size = options.file.stat().st_size
        raw = options.file.read_bytes() if size <= PACKED_BYTES else b""
    except OSError as fault:
        raise UserError(f"读不到 {options.file}：{fault.strerror}") from fault
    with at_county(url, options.county) as connection:
        version = packs.publish(connection, options.county, raw, running.now())
    print(f"发出去了：第 {version} 版。各台电脑下次同步就换上。")
    return 0
