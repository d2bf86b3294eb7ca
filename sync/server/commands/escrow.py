"""The clerk's commands for the county's key to its computers: `escrow-key`, `escrow-answer`."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import Any

from app.files import write_whole
from app.vault.escrow import question_in
from sync.server import escrow, key_files, running
from sync.server.commands import Command, at_county, county_code
from sync.server.postgres import connect


def add(commands: Any, command: Command) -> None:
    """Register the two."""
    key = command(commands, "escrow-key", _escrow_key, "做县钥匙：口令和恢复码都丢了时开锁用")
    key.add_argument("--county", type=county_code, required=True, help="6 位代码")
    key.add_argument("--out", type=Path, required=True, help="私钥写到哪个文件，带口令")
    answer = command(commands, "escrow-answer", _escrow_answer, "核实以后，回一张开锁请求")
    answer.add_argument("question", type=Path, help="她拿来的请求文件")
    answer.add_argument("--key", type=Path, required=True, help="县钥匙文件")
    answer.add_argument("--officer", required=True, help="经办人姓名")
    answer.add_argument("--why", required=True, help="怎么核实的")
    answer.add_argument("--out", type=Path, required=True, help="回信写到哪个文件")


def _escrow_key(url: str, options: argparse.Namespace) -> int:
    words = key_files.ask_new("给县钥匙定一个口令（记在别处，锁好）：")
    with at_county(url, options.county) as connection:
        escrow.make_key(connection, options.county, options.out, words, running.now())
    print(f"做好了：{options.out}。拷进 U 盘锁进柜子，这台机器上的删掉。")
    print("每台电脑都会托管一份：新登记的马上，以前登记的下次同步。")
    return 0


def _escrow_answer(url: str, options: argparse.Namespace) -> int:
    question = question_in(options.question.read_bytes())
    print(f"谁要开   {question.name}（{question.worker}）")
    print(f"她写的   {question.why}（{question.asked_at}）")
    private = key_files.read_escrow(options.key, getpass.getpass("县钥匙的口令："))
    with connect(url) as connection:
        made = escrow.answer(connection, question, private, options.officer, options.why, running.now())
    write_whole(options.out, made)
    print(f"回信在：{options.out}。这件事已经记下：{options.officer}，{options.why}。")
    return 0
