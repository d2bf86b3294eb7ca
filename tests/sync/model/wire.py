"""The same road over real sockets: the laptop's own transport, a box on the way, the county as it is served.

The box stands where a village's router would: it hears one request after another and does to it what the road
says. Behind it the county answers under its own address, by uvicorn, as it does in an office.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from sync.server import running
from sync.server.settings import Serving
from tests.sync.model.asked import Answer, Asked
from tests.sync.model.road import Road

SECONDS = 30
BETWEEN_TWO = ("host", "connection", "content-length", "transfer-encoding", "date")  # of each leg its own


class Served:
    """The county as it is served, at an address of this computer."""

    def __init__(self, database: str, clock: Callable[[], datetime], settings: Serving) -> None:
        self._running = running.start(database, clock=clock, settings=settings)
        self._session = requests.Session()
        self._session.trust_env = False

    def ask(self, asked: Asked) -> Answer:
        """One request over a socket. Raises what `requests` raises."""
        return self._ask(asked, self._session)

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Requests that come at one moment, each over a socket of its own."""

        def one(alone: Asked) -> Answer:
            with requests.Session() as session:
                session.trust_env = False
                return self._ask(alone, session)

        with ThreadPoolExecutor(max(1, len(asked))) as threads:
            return list(threads.map(one, asked))

    def _ask(self, asked: Asked, session: requests.Session) -> Answer:
        told = session.request(
            asked.method,
            self._running.url + asked.path,
            data=asked.body,
            headers=_passed_on(dict(asked.headers)),
            timeout=SECONDS,
            allow_redirects=False,
        )
        return Answer(told.status_code, _passed_on(dict(told.headers)), told.content)

    def stop(self) -> None:
        """Serves no more."""
        self._session.close()
        self._running.stop()


class Box:
    """Stands between the laptops and their county; `at(name)` is the address for one laptop."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.laptop = ""
        self.broken: AssertionError | None = None  # a bound that did not hold, found in a handler's thread
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.box = self  # type: ignore[attr-defined]  # how a handler finds its box
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def at(self, laptop: str) -> str:
        """The address; one laptop speaks at a time."""
        self.laptop = laptop
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Hears no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request at the box."""

    protocol_version = "HTTP/1.1"

    def _carry(self) -> None:
        box: Box = self.server.box  # type: ignore[attr-defined]  # set by Box
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(box.laptop, self.path, dict(self.headers.items()), body, self.command)
        try:
            answer = box.road.carry(asked)
        except requests.exceptions.RequestException:
            self.close_connection = True  # nothing comes back: the line breaks
            return
        except AssertionError as error:
            box.broken, self.close_connection = error, True
            return
        self._say(answer)

    def _say(self, answer: Answer) -> None:
        length = len(answer.body) * 2 + 1 if answer.torn else len(answer.body)
        self.send_response(answer.status)
        kept = {name: value for name, value in answer.headers.items() if name.lower() != "content-length"}
        bodiless = answer.status == requests.codes.no_content and not answer.torn
        for name, value in {**kept, **({} if bodiless else {"Content-Length": str(length)})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = answer.torn or self.close_connection

    do_POST = do_PATCH = do_GET = do_HEAD = _carry  # noqa: N815  # the names its base looks for

    def log_message(self, format: str, *args: object) -> None:
        del format, args


def _passed_on(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in BETWEEN_TWO}
