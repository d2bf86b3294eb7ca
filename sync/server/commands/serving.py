"""The clerk's command that opens the service to devices: `serve`."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from sync.server import running
from sync.server.commands import Command, blobs

DEFAULT_PORT = 8765
LOOK_SECONDS = 0.5


def add(commands: Any, command: Command) -> None:
    """Register it."""
    serve = command(commands, "serve", _serve, "开服务")
    serve.add_argument("--host", default="127.0.0.1", help="听哪个地址，默认只听本机")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    blobs.add_place(serve)


def _serve(url: str, options: argparse.Namespace) -> int:
    depot = blobs.depot_of(options)
    server = running.start(url, options.port, host=options.host, depot=depot)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    if depot is None:
        print("没有说照片放在哪儿（--blobs 文件夹），各台电脑的照片先不收。", flush=True)
    print(f"县里的服务开着：{server.url}（按 Ctrl+C 停）", flush=True)
    try:
        while server.alive and not stop.wait(LOOK_SECONDS):
            pass
    finally:
        server.stop()
    return 0
