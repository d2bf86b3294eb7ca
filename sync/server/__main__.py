"""The county clerk's commands: `python -m sync.server serve`, `init`, `enrol`, `holds` and the rest.

Exit codes: 0 done, 1 something to mend (said in words), 2 wrong use of the command.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.problem import StorageFault, UserError
from sync.server import logs
from sync.server.commands import (
    blobs,
    bundles,
    chain,
    computers,
    escrow,
    exporting,
    founding,
    giving,
    looking,
    packs,
    people,
    quarantine,
    safekeeping,
    serving,
    terms,
)
from sync.server.embedded import EmbeddedDatabase
from sync.server.reviver import kept_alive

SUBJECTS = (
    serving, founding, computers, people, escrow, packs, blobs, bundles, chain, quarantine, giving,
    exporting, safekeeping, looking, terms,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    logs.to_stderr(as_json=getattr(options, "log", "text") == "json")
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
    except (OSError, EOFError, OverflowError, KeyboardInterrupt) as error:
        print(_told(error), file=sys.stderr)
    return 1


def _told(error: BaseException) -> str:
    """What the system said, or the clerk's own Ctrl+C, and what to do about it."""
    match error:
        case OSError():
            where = f"「{error.filename}」" if error.filename else ""
            return f"读写{where}没成（{error.strerror}）。看看路径对不对、U 盘在不在、盘满不满，再运行一次。"
        case EOFError():
            return "这条命令要问您几句话，这里没有地方打字。在终端窗口里直接运行它。"
        case OverflowError():
            return "有个数写得太大了，改小再运行一次。"
        case _:
            return "停下了，没做完。要做就再运行一次。"


@contextlib.contextmanager
def _database(options: argparse.Namespace) -> Iterator[str]:
    if options.database:
        yield options.database
        return
    with EmbeddedDatabase(options.data) as database, kept_alive(database):
        yield database.url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync.server", description="县里的服务")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for subject in SUBJECTS:
        subject.add(commands, _command)
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
