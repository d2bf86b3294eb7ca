"""A county server running in a thread of this program: for `serve`, for the demo and for tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import uvicorn
from starlette.applications import Starlette

from app.domain.problem import StorageFault, UserError
from sync.server.blobs import Depot
from sync.server.postgres import Pool, migrate, open_pool
from sync.server.web import application

CHINA = timezone(timedelta(hours=8))
START_SECONDS = 15
STOP_SECONDS = 5
BACKLOG = 128


def now() -> datetime:
    """The county's time."""
    return datetime.now(CHINA)


class Running:
    """A server that is answering at `url`."""

    def __init__(self, url: str, server: uvicorn.Server, thread: threading.Thread, pool: Pool) -> None:
        self.url = url
        self._server = server
        self._thread = thread
        self._pool = pool

    def stop(self) -> None:
        """Finishes what is being answered and stops. Repeating it does nothing."""
        self._server.should_exit = True
        self._thread.join()
        self._pool.close()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()


def start(
    database_url: str,
    port: int = 0,
    *,
    host: str = "127.0.0.1",
    clock: Callable[[], datetime] = now,
    depot: Depot | None = None,
) -> Running:
    """Migrates the database and serves it; port 0 takes a free one, `depot` takes the files of records.

    Raises UserError when the port is taken, StorageFault when the database is away, NewerFile when it
    was written by a newer release.
    """
    door = _listen(host, port)
    try:
        migrate(database_url)
        pool = open_pool(database_url)
    except BaseException:
        door.close()
        raise
    server = uvicorn.Server(_config(application(pool, clock, depot)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="county", daemon=True)
    thread.start()
    running = Running(_address(host, door), server, thread, pool)
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            running.stop()
            door.close()
            raise StorageFault("县里的服务没起来。看看日志再试。")
        time.sleep(0.01)
    return running


def _config(served: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        served,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=STOP_SECONDS,
        limit_concurrency=200,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only where the protocol is named; unnamed, every answer waits 40 ms.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two programs share a port otherwise
            door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        raise UserError(
            f"{host} 的 {port} 端口用不了，多半被别的程序占着。换一个端口再试，比如 --port {port + 1}。",
            field="port",
        ) from error
    return door


def _address(host: str, door: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{door.getsockname()[1]}"
