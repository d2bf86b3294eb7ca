"""Other systems' servers, and laptops with their own clients, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from bench.peers import installed
from bench.shaped_line import LOOPBACK, Shape, ShapedLine, Trip

DRIVERS = Path(__file__).parent / "drivers"
WAIT_SECONDS, TRIES = 20.0, 5


class Way(NamedTuple):
    """How a peer is started: its server's command and surroundings, its laptops', and where both run."""

    server: Sequence[str]
    around: Mapping[str, str]
    laptop: Sequence[str]
    where: Path
    port: int  # 0: the server says it in its first line


def anki(folder: Path, accounts: Sequence[str]) -> Way:
    """Anki's sync server and client, both in one wheel. Raises NotThere."""
    python, port = str(installed.anki()), _free_port()
    users = {f"SYNC_USER{number}": f"{name}:p" for number, name in enumerate(accounts, 1)}
    around = {**users, "SYNC_BASE": str(folder), "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port)}
    driver = str(DRIVERS / "anki_laptop.py")
    return Way([python, "-m", "anki.syncserver"], around, [python, driver], folder, port)


def pouch(folder: Path, _: Sequence[str]) -> Way:
    """PouchDB on both sides, a server around it on one. Raises NotThere."""
    place, driver = installed.pouch(), str(DRIVERS / "pouch.js")
    return Way(["node", driver, "serve", str(folder)], {}, ["node", driver], place, 0)


class Peer:
    """A server that runs, and a line to it. A context manager."""

    def __init__(self, way: Way) -> None:
        self._way, self._around = way, ExitStack()
        self._server = _started(way.server, way)
        self._around.callback(_ended, self._server)
        port = way.port or int(json.loads(_out(self._server).readline())["port"])
        threading.Thread(target=_out(self._server).read, daemon=True).start()  # a full pipe would stop it
        try:
            _answering(port)
            self.line = self._around.enter_context(ShapedLine(port))
        except BaseException:
            self._around.close()
            raise

    def laptop(self, folder: Path, account: str, fields: list[str], *, first: bool) -> Laptop:
        """A new laptop, connected once. The account's `first` says what a record looks like."""
        folder.mkdir()
        process = _started(self._way.laptop, self._way)
        self._around.callback(_ended, process)
        return Laptop(process, self.line, folder, account, fields, first=first)

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._around.close()


class Laptop:
    """Somebody else's client at the end of a pipe."""

    def __init__(
        self, process: subprocess.Popen[str], line: ShapedLine, folder: Path, account: str,
        fields: list[str], *, first: bool,
    ) -> None:  # fmt: skip
        self._process, self._line = process, line
        self._line.shape = LOOPBACK
        more = {"fields": fields} if "anki" in str(process.args) else {}
        self._ask("open", folder=str(folder), url=line.url, user=account, **more)
        self._ask("begin", **({"first": first} if more else {}))

    def save(self, path: Path) -> None:
        """The records in a file, as new ones."""
        self._ask("save", path=str(path))

    def edit(self, count: int, field: str) -> None:
        """One field of the first `count`."""
        self._ask("edit", count=count, field=field)

    def count(self) -> int:
        """How many records it holds."""
        return int(self._ask("count"))

    def sync(self, way: str, shape: Shape, most: float = 0.0) -> tuple[Trip, bool]:
        """One sync, and whether it came to its end. `way` (push, pull, both) and `most` seconds are for those
        that can be told."""
        self._line.shape = shape
        self._line.restart()
        said = self._ask("sync", way=way, seconds=most)
        return self._line.trip(said["seconds"]), bool(said["ended"])

    def until_done(self, way: str, cut_after: int | None) -> Trip:
        """Syncs on loopback until one comes to its end, the line cut once after that many bytes up."""
        self._line.shape, self._line.cut_after = LOOPBACK, cut_after
        self._line.restart()
        started = time.perf_counter()
        for _ in range(TRIES):
            if self._ask("sync", way=way, seconds=0)["ended"]:
                break
        self._line.cut_after = None
        return self._line.trip(time.perf_counter() - started)

    def _ask(self, do: str, **said: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **said}) + "\n")
        self._process.stdin.flush()
        told = _out(self._process).readline()
        if not told:
            raise installed.NotThere(f"比着跑的程序停了：{do}，退出 {self._process.wait(WAIT_SECONDS)}")
        return json.loads(told)["answer"]


def _started(command: Sequence[str], way: Way) -> subprocess.Popen[str]:
    outside = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    pipe, nothing = subprocess.PIPE, (None if os.environ.get("SFT_PEERS_SAY") else subprocess.DEVNULL)
    return subprocess.Popen(
        list(command), env={**outside, **way.around, "PYTHONUTF8": "1"}, cwd=way.where, stdin=pipe,
        stdout=pipe, stderr=nothing, text=True, encoding="utf-8",
    )  # fmt: skip


def _ended(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _out(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _answering(port: int) -> None:
    until = time.perf_counter() + WAIT_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.perf_counter() > until:
                raise installed.NotThere("比着跑的服务没起来。") from None
            time.sleep(0.1)
        else:
            return


def said_aside(words: str) -> None:
    """Progress, beside the table."""
    print(f"  {words}", file=sys.stderr, flush=True)
