"""How one county is served: where it listens, whom it trusts, and how much it lets anyone ask at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.server.blobs import Depot
from sync.server.postgres import POOL_SIZE, WAIT_SECONDS

THIS_COMPUTER = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True)
class Serving:
    """What `serve` is told. Plain values only, for it is handed to every worker process.

    `certificate` and `key` are PEM files; without them the service speaks HTTP to a gateway. `proxies`
    are addresses or networks whose X-Forwarded-For is believed. `device_rate` is requests a second for
    one computer and `strangers` refused requests a minute for one address, 0 for no bound. A request waits
    `wait_seconds` for one of `pool` connections to a database that is busy or away.
    `metrics_from` are the networks that may read /metrics. `depot` takes the
    files of records. `board` is the file of figures shared by
    `slots` workers, of which this is number `slot`.
    """

    host: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()
    metrics_from: tuple[str, ...] = THIS_COMPUTER
    device_rate: float = 0.0
    strangers: int = 0
    connections: int = 1000
    pool: int = POOL_SIZE
    wait_seconds: float = WAIT_SECONDS
    graceful_seconds: int = 5
    depot: Depot | None = None
    board: Path | None = None
    slot: int = 0
    slots: int = 1

    @property
    def scheme(self) -> str:
        return "https" if self.certificate else "http"
