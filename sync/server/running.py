"""A county server running in a thread of this program: for `serve`, for the demo and for tests."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import uvicorn

from app.domain.problem import StorageFault, UserError
from sync.server.blobs import Depot
from sync.server.bounded_http import BoundedHttp
from sync.server.daily import Daily
from sync.server.postgres import Pool, migrate, open_pool
from sync.server.settings import Serving
from sync.server.web import Application, application

CHINA = timezone(timedelta(hours=8))
START_SECONDS = 15
STOP_SECONDS = 5.0  # beyond what the requests being answered are given
END_SECONDS = 15.0  # the same, for all that a program does at its end
BACKLOG = 1024

log = logging.getLogger(__name__)


def now() -> datetime:
    """The county's time."""
    return datetime.now(CHINA)


class Running:
    """A server that is answering at `url`."""

    def __init__(
        self,
        url: str,
        server: uvicorn.Server,
        thread: threading.Thread,
        served: Application,
        pool: Pool,
        daily: Daily,
    ) -> None:
        self.url = url
        self._server = server
        self._thread = thread
        self._served = served
        self._pool = pool
        self._daily = daily

    def stop(self) -> None:
        """Takes no more requests, finishes what is being answered and stops. Repeating it does nothing.

        What hangs in a database that says nothing is left behind, for no thread can be ended from outside.
        """
        self._server.should_exit = True
        closing = threading.Thread(target=self._close, name="closing", daemon=True)
        closing.start()
        closing.join((self._server.config.timeout_graceful_shutdown or 0) + STOP_SECONDS)
        if closing.is_alive():
            log.error("something hangs, and is left behind")

    def _close(self) -> None:
        self._thread.join()
        self._served.close()
        self._daily.stop()
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
    settings: Serving | None = None,
) -> Running:
    """Migrates the database and serves it; port 0 takes a free one, `depot` takes the files of records.
    Where there are `settings`, they say all three.

    Raises UserError when the port is taken or the certificate is none, StorageFault when the database
    is away, NewerFile when it was written by a newer release.
    """
    settings = settings or Serving(host=host, port=port, depot=depot)
    door = listen(settings.host, settings.port)
    try:
        migrate(database_url)
        return serve(door, database_url, settings, clock)
    except BaseException:
        door.close()
        raise


def serve(
    door: socket.socket, database_url: str, settings: Serving, clock: Callable[[], datetime] = now
) -> Running:
    """Serves a database that is migrated at a socket that listens. Raises UserError and StorageFault."""
    logging.getLogger("uvicorn").setLevel(logging.WARNING)  # below that it writes down whole addresses
    pool = open_pool(database_url, settings.pool, settings.wait_seconds)
    served = application(pool, clock, settings)
    try:
        server = uvicorn.Server(_config(settings, served))
    except BaseException:
        served.close()
        pool.close()
        raise
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="county", daemon=True)
    thread.start()
    running = Running(address(settings, door), server, thread, served, pool, Daily(pool, clock))
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            running.stop()
            raise StorageFault("县里的服务没起来。看看日志再试。")
        time.sleep(0.01)
    return running


def end_by_itself(settings: Serving) -> None:
    """From now on this process ends, in good order or not, when its requests have had their time and it
    has had `END_SECONDS` more. Python waits at its end for every thread, and one may hang for ever."""

    def end() -> None:
        log.error("it does not end in good order, so it ends now")
        os._exit(1)

    timer = threading.Timer(settings.graceful_seconds + END_SECONDS, end)
    timer.daemon = True
    timer.start()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises UserError when the port cannot be had."""
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


def address(settings: Serving, door: socket.socket) -> str:
    """Where the service is reached from this computer."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{settings.scheme}://{shown}:{door.getsockname()[1]}"


def secured(settings: Serving) -> ssl.SSLContext | None:
    """TLS 1.2 or later with the county's certificate; None without one. Raises UserError when it is none."""
    if settings.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.certificate, settings.key, password=lambda: "")
    except OSError as error:  # SSLError is one
        raise UserError(
            f"证书或私钥用不了：{settings.certificate}。要 PEM 格式，私钥和证书要是一对，私钥不带口令。",
            field="tls-cert",
        ) from error
    return context


def _config(settings: Serving, served: Application) -> uvicorn.Config:
    context = secured(settings)
    factory = None if context is None else lambda *_: context
    return uvicorn.Config(
        served,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=settings.graceful_seconds,
        limit_concurrency=settings.connections,
        http=BoundedHttp,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        ssl_context_factory=factory,
    )
