"""The clerk's command that opens the service to devices: `serve`."""

from __future__ import annotations

import argparse
import ipaddress
import signal
import threading
from pathlib import Path
from typing import Any

from app.domain.problem import UserError
from sync.server import running
from sync.server.commands import Command, blobs
from sync.server.settings import THIS_COMPUTER, Serving
from sync.server.workers import Workers

DEFAULT_PORT = 8765
LOOK_SECONDS = 0.5
DEVICE_RATE = 20.0  # requests a second: ten times what the first filling of a whole township asks
STRANGERS = 120  # refused requests a minute for one address; many computers may stand behind one
GRACEFUL_SECONDS = 30


def add(commands: Any, command: Command) -> None:
    """Register it."""
    serve = command(commands, "serve", _serve, "开服务")
    serve.add_argument("--host", default="127.0.0.1", help="听哪个地址，默认只听本机")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    blobs.add_place(serve)
    serve.add_argument("--workers", type=int, default=1, help="开几个进程，一个处理器一个")
    serve.add_argument("--tls-cert", type=Path, help="证书（PEM）；不写就是 HTTP，前面要有网关")
    serve.add_argument("--tls-key", type=Path, help="证书的私钥（PEM）")
    serve.add_argument(
        "--proxy", action="append", default=[], help="网关的地址或网段，只信它转来的来访地址；可写多个"
    )
    serve.add_argument(
        "--metrics-from", action="append", default=[], help="哪些地址或网段能看 /metrics；默认只有本机"
    )
    serve.add_argument("--device-rate", type=float, default=DEVICE_RATE, help="一台电脑每秒最多几次，0 不限")
    serve.add_argument("--strangers", type=int, default=STRANGERS, help="一个地址每分钟最多被拒几次，0 不限")
    serve.add_argument("--connections", type=int, default=1000, help="每个进程同时最多几条连接")
    serve.add_argument(
        "--graceful", type=int, default=GRACEFUL_SECONDS, help="停的时候，正在办的最多再等几秒"
    )
    serve.add_argument("--log", choices=("text", "json"), default="text", help="日志的样子")


def _serve(url: str, options: argparse.Namespace) -> int:
    settings = _settings(options)
    server: running.Running | Workers
    if options.workers > 1:
        server = Workers(url, settings, options.workers, as_json=options.log == "json")
    else:
        server = running.start(url, settings=settings)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    if settings.depot is None:
        print("没有说照片放在哪儿（--blobs 文件夹），各台电脑的照片先不收。", flush=True)
    print(f"县里的服务开着：{server.url}（按 Ctrl+C 停）", flush=True)
    try:
        while server.alive and not stop.wait(LOOK_SECONDS):
            pass
    finally:
        if stop.is_set():
            running.end_by_itself(settings)
        server.stop()
    return 0


def _settings(options: argparse.Namespace) -> Serving:
    """What the words of the command mean. Raises UserError."""
    if bool(options.tls_cert) != bool(options.tls_key):
        raise UserError("--tls-cert 和 --tls-key 要一起写。", field="tls-cert")
    if not 0 <= options.port < 65536:
        raise UserError("--port 写 1 到 65535；0 是随便找一个空的。", field="port")
    if options.workers < 1:
        raise UserError("--workers 至少是 1。", field="workers")
    if options.graceful < 0:
        raise UserError("--graceful 不能小于 0。", field="graceful")
    return Serving(
        host=options.host,
        port=options.port,
        certificate=options.tls_cert,
        key=options.tls_key,
        proxies=tuple(_network(word, "proxy") for word in options.proxy),
        metrics_from=tuple(_network(word, "metrics-from") for word in options.metrics_from) or THIS_COMPUTER,
        device_rate=options.device_rate,
        strangers=options.strangers,
        connections=options.connections,
        graceful_seconds=options.graceful,
        depot=blobs.depot_of(options),
    )


def _network(word: str, field: str) -> str:
    try:
        return str(ipaddress.ip_network(word, strict=False))
    except ValueError as error:
        raise UserError(
            f"--{field} 要写地址或网段，比如 10.1.2.3 或 10.1.0.0/16：{word}", field=field
        ) from error
