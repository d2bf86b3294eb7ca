"""The county clerk's commands: `python -m sync.server serve`, `init`, `enrol`, `holds` and the rest.

Exit codes: 0 done, 1 something to mend (said in words), 2 wrong use of the command.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.problem import StorageFault, UserError
from app.files import write_whole
from app.vault.escrow import question_in
from sync.server import county, devices, enrolment, escrow, key_files, pack_commands, query, records, running
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate

DEFAULT_PORT = 8765
LOOK_SECONDS = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    try:
        if not options.needs_database:
            return int(options.run("", options))
        with _database(options) as url:
            return int(options.run(url, options))
    except UserError as error:
        for problem in error.problems:
            print(problem.told, file=sys.stderr)
    except StorageFault as fault:
        print(fault.words, file=sys.stderr)
    return 1


def _serve(url: str, options: argparse.Namespace) -> int:
    server = running.start(url, options.port, host=options.host)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    print(f"县里的服务开着：{server.url}（按 Ctrl+C 停）", flush=True)
    try:
        while server.alive and not stop.wait(LOOK_SECONDS):
            pass
    finally:
        server.stop()
    return 0


def _init(url: str, options: argparse.Namespace) -> int:
    _migrate(url, options)
    with connect(url) as connection:
        county.found(connection, options.county, options.name, running.now())
    print(f"建好了：{options.county} {options.name}")
    return 0


def _village(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        county.add_village(connection, options.code, options.name)
    print(f"加上了：{options.code} {options.name}")
    return 0


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


def _restored(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        county.restored(connection, options.county, running.now())
    print(f"记下了：{options.county} 的资料恢复过。每台电脑再发一个登记码，没在备份里的会自己传回来。")
    return 0


def _relocate(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        records.relocate(connection, options.village[:6], options.record, options.village)
    print(f"转到了：{options.village}")
    return 0


def _holds(url: str, options: argparse.Namespace) -> int:
    with connect(url) as connection:
        found = [query.holdings(connection, code) for code in query.counties(connection)]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    for held in [] if options.json else found:
        print(_in_words(held))
    return 0


def _escrow_key(url: str, options: argparse.Namespace) -> int:
    words = key_files.ask_new("给县钥匙定一个口令（记在别处，锁好）：")
    with connect(url) as connection:
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


def _migrate(url: str, options: argparse.Namespace) -> int:
    del options
    for name in migrate(url):
        print(f"升级  {name}")
    return 0


def _in_words(held: dict[str, Any]) -> str:
    kinds = "，".join(f"{kind} {count}" for kind, count in held["records"].items()) or "还没有资料"
    return (
        f"{held['county']} {held['name']}：{kinds}；"
        f"等着裁定 {held['conflicts']}，留待核查 {held['quarantined']}，电脑 {held['devices']} 台"
    )


@contextlib.contextmanager
def _database(options: argparse.Namespace) -> Iterator[str]:
    if options.database:
        yield options.database
        return
    with EmbeddedDatabase(options.data) as database:
        yield database.url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync.server", description="县里的服务")
    commands = parser.add_subparsers(required=True, metavar="命令")
    serve = _command(commands, "serve", _serve, "开服务")
    serve.add_argument("--host", default="127.0.0.1", help="听哪个地址，默认只听本机")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    init = _command(commands, "init", _init, "建县")
    init.add_argument("--county", required=True, help="6 位代码")
    init.add_argument("--name", required=True)
    village = _command(commands, "village", _village, "加村，或改村名")
    village.add_argument("--code", required=True, help="12 位代码")
    village.add_argument("--name", required=True)
    enrol = _command(commands, "enrol", _enrol, "发一次性登记码")
    enrol.add_argument("--village", required=True, action="append", help="12 位代码，可写多个")
    enrol.add_argument("--worker", required=True, help="姓名")
    key = _command(commands, "escrow-key", _escrow_key, "做县钥匙：口令和恢复码都丢了时开锁用")
    key.add_argument("--county", required=True, help="6 位代码")
    key.add_argument("--out", type=Path, required=True, help="私钥写到哪个文件，带口令")
    answer = _command(commands, "escrow-answer", _escrow_answer, "核实以后，回一张开锁请求")
    answer.add_argument("question", type=Path, help="她拿来的请求文件")
    answer.add_argument("--key", type=Path, required=True, help="县钥匙文件")
    answer.add_argument("--officer", required=True, help="经办人姓名")
    answer.add_argument("--why", required=True, help="怎么核实的")
    answer.add_argument("--out", type=Path, required=True, help="回信写到哪个文件")
    pack_commands.add(commands, _command)
    revoke = _command(commands, "revoke", _revoke, "停用一台电脑")
    revoke.add_argument("--device", required=True)
    relocate = _command(commands, "relocate", _relocate, "把一条资料转到别的村")
    relocate.add_argument("--record", required=True)
    relocate.add_argument("--village", required=True, help="12 位代码")
    restored = _command(commands, "restored", _restored, "恢复过备份以后，让各台电脑重新核对")
    restored.add_argument("--county", required=True, help="6 位代码")
    holds = _command(commands, "holds", _holds, "县里有什么")
    holds.add_argument("--json", action="store_true")
    _command(commands, "migrate", _migrate, "升级数据库")
    return parser


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, help="用这个文件夹里的 PostgreSQL")
    where.add_argument("--database", help="用已有的 PostgreSQL，写连接地址")
    command.set_defaults(run=run, needs_database=True)
    return command


if __name__ == "__main__":
    sys.exit(main())
