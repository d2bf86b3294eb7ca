"""A county as it is run — its own PostgreSQL with durable commits, its own processes — and many computers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

import psutil

from app.domain.change import Change, Verb
from app.domain.ids import new_id
from app.domain.workdays import CHINA
from sync.client.keys import new_device, public_keys, signed_headers
from sync.protocol import codec, packing
from sync.protocol.limits import SYNC_PATH
from sync.protocol.links import link_after
from sync.protocol.messages import FORM, KNOWS_ESCROW, KNOWS_PACK_KEY, KNOWS_STICK, Exchange, Op
from sync.protocol.wire import op_of
from sync.server import county
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import Connection, connect, migrate, owner

AT = datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)
COUNTY = "439901"
TOWN = COUNTY + "101"
FIRST_VILLAGE = 201  # as in the fictional village


@dataclass
class Computer:
    """One enrolled computer of one village, which asks as the program does once it has met its county."""

    device: str
    replica: str
    key: bytes
    village: str
    epoch: str
    worker: str
    link: str = ""

    def request(self, ops: tuple[Op, ...], cursor: int, host: str, limit: int = 500) -> bytes:
        """A whole signed HTTP request, ready to be written to a socket; to be sent in this order."""
        said = Exchange(
            self.replica,
            self.epoch,
            ops,
            {self.village: cursor},
            limit,
            app="bench",
            reads=FORM,
            knows=KNOWS_ESCROW + KNOWS_PACK_KEY + KNOWS_STICK,
            link=self.link if ops else None,
        )
        self.link = link_after(self.link, ops) if ops else self.link
        body = codec.encode_exchange(said, packing.best())
        headers = {"Host": host, "Content-Length": str(len(body))}
        headers |= signed_headers(SYNC_PATH, body, self.device, self.key, AT, brief=True)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST {SYNC_PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def visit(self, number: int) -> Op:
        """A new record of a plausible size, about 400 bytes as JSON."""
        fields = {
            "group": (None, f"{number % 9 + 1}组"),
            "door": (None, f"{number}号"),
            "memo": (None, f"第{number}次上门：老人在家，吃饭、用药正常，屋顶漏雨处已经修好，下月再看。" * 2),
            "tags": (None, ["独居", "高龄"]),
        }
        record = new_id(AT)
        return op_of(Change(new_id(AT), record, "household", self.village, Verb.NEW, fields, AT, "w"))


class BenchCounty:
    """A county of `villages` villages with one computer each, served by `workers` processes."""

    def __init__(self, villages: int, workers: int = 1) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sft-bench-"))
        self.database = EmbeddedDatabase(self._folder)
        migrate(self.database.url)
        self.computers = self._found(villages)
        command = [sys.executable, "-m", "sync.server", "serve", "--database", self.database.url]
        command += ["--port", "0", "--workers", str(workers), "--device-rate", "0", "--strangers", "0"]
        self._serving = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._serving.stdout is not None
        lines = (line for line in self._serving.stdout if "http://" in line)
        self.port = int(next(lines).split("：")[1].split("（")[0].rsplit(":", 1)[1])

    def processor_seconds(self) -> tuple[float, float]:
        """What the service and PostgreSQL have used so far."""
        service = _used(self._serving.pid)
        postmaster = int((self.database.folder / "postmaster.pid").read_text().split()[0])
        return service, _used(postmaster)

    def __enter__(self) -> BenchCounty:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._serving.send_signal(signal.SIGTERM)
        self._serving.wait(60)
        if self._serving.stdout is not None:
            self._serving.stdout.close()
        self.database.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def another(self, computer: Computer) -> Computer:
        """One more computer of the same worker."""
        with connect(self.database.url) as connection:
            return _enrolled(connection, computer.worker, computer.village, computer.epoch)

    def settled(self) -> None:
        """What autovacuum does within a minute of the first records: without it PostgreSQL keeps the plans
        it made for empty tables."""
        with owner(self.database.url) as connection:
            connection.execute("ANALYZE")

    def _found(self, villages: int) -> list[Computer]:
        made = []
        with connect(self.database.url) as connection, connection.transaction():
            county.found(connection, COUNTY, "模拟县", AT)
            epoch = county.standing(connection, COUNTY).epoch
            for number in range(villages):
                village, worker = f"{TOWN}{FIRST_VILLAGE + number:03}", f"w{number}"
                county.add_village(connection, village, f"{number}村")
                connection.execute("INSERT INTO worker VALUES (%s, %s, %s, %s)", (COUNTY, worker, "甲", AT))
                county.set_scope(connection, COUNTY, worker, [village])
                made.append(_enrolled(connection, worker, village, epoch))
        return made


def _enrolled(connection: Connection, worker: str, village: str, epoch: str) -> Computer:
    new = new_device(AT)
    connection.execute(
        "INSERT INTO device (county, device, replica, worker, name, alg, sign_key, receive_key, enrolled_at)"
        " VALUES (%s, %s, %s, %s, '', 'ed25519', %s, %s, %s)",
        (COUNTY, new.device, new.replica, worker, *public_keys(new.key), AT),
    )
    return Computer(new.device, new.replica, new.key, village, epoch, worker)


def _used(pid: int) -> float:
    """Processor seconds of a process, of its children and of the children that ended."""
    process = psutil.Process(pid)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    own = sum(one.user + one.system for one in times)
    return own + times[0].children_user + times[0].children_system if os.name != "nt" else own
