"""A bad line on real loopback HTTP: it stands where the county should and misbehaves as told."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

import requests

from sync.protocol.limits import MESSAGE_TYPE

Behaviour = Callable[["Handler", bytes], None]


class Line:
    """Passes requests on to `county`, except those for which a behaviour has been laid down."""

    def __init__(self, county: str = "") -> None:
        self.county = county
        self.requests: list[tuple[str, int]] = []  # path and size of every request heard
        self._plan: deque[Behaviour] = deque()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.line = self  # type: ignore[attr-defined]  # how a handler finds its line
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def then(self, *behaviours: Behaviour) -> Line:
        """Lays down what the next requests meet, one each."""
        self._plan.extend(behaviours)
        return self

    def next(self) -> Behaviour:
        return self._plan.popleft() if self._plan else forward

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Handler(BaseHTTPRequestHandler):
    """One request on the line."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        line: Line = self.server.line  # type: ignore[attr-defined]  # set by Line
        body = self.rfile.read(int(self.headers["Content-Length"]))
        line.requests.append((self.path, len(body)))
        line.next()(self, body)

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def ask_county(self, body: bytes) -> requests.Response:
        line: Line = self.server.line  # type: ignore[attr-defined]  # set by Line
        kept = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        return requests.post(
            line.county + self.path, data=body, headers=kept, timeout=20, proxies={"http": ""}
        )


def forward(handler: Handler, body: bytes) -> None:
    """The county's own answer."""
    told = handler.ask_county(body)
    names = ("Content-Type", "Shoufangtong-Protocol", "Upload-Offset", "Upload-Complete")
    handler.answer(told.status_code, told.content, {n: told.headers[n] for n in names if n in told.headers})


def lose_reply(handler: Handler, body: bytes) -> None:
    """The county hears, commits and answers; the answer never arrives."""
    handler.ask_county(body)
    handler.close_connection = True


def half_reply(handler: Handler, body: bytes) -> None:
    """The answer breaks off in the middle."""
    told = handler.ask_county(body)
    whole = str(len(told.content))
    headers = {"Content-Length": whole, "Shoufangtong-Protocol": "1", **_type(told)}
    handler.answer(told.status_code, told.content[: len(told.content) // 2], headers)
    handler.close_connection = True


class Mixed:
    """A box that mixes answers up: what one request is answered, lost then, is given to a later one."""

    def __init__(self) -> None:
        self._kept = b""

    def keep(self, handler: Handler, body: bytes) -> None:
        """The county hears and answers; the answer stays in the box."""
        self._kept = handler.ask_county(body).content
        handler.close_connection = True

    def give(self, handler: Handler, body: bytes) -> None:
        """The county never hears; what stayed in the box is the answer."""
        del body
        headers = {"Content-Type": MESSAGE_TYPE, "Shoufangtong-Protocol": "1"}
        handler.answer(200, self._kept, headers)


def hang_up(handler: Handler, body: bytes) -> None:
    """The request never arrives."""
    del body
    handler.close_connection = True


def says(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Whatever stands in between answers by itself; `_` in header names is `-`."""
    spelt = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _: handler.answer(status, body, spelt)


def _type(told: requests.Response) -> dict[str, str]:
    return {"Content-Type": told.headers["Content-Type"]}
