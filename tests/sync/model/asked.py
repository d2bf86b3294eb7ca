"""What goes over a road and who answers it: one request, one answer, and a county without a socket."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sync.server.web import Application


@dataclass(frozen=True)
class Answer:
    """What comes back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    torn: bool = False  # the line breaks before the end


@dataclass(frozen=True)
class Asked:
    """One request as it left a laptop."""

    laptop: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    method: str = "POST"


class County(Protocol):
    """Whoever answers requests."""

    def ask(self, asked: Asked) -> Answer: ...

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]: ...


class InProcess:
    """The county's application without a socket."""

    def __init__(self, loop: asyncio.AbstractEventLoop, application: Application) -> None:
        self._loop, self._application = loop, application

    def ask(self, asked: Asked) -> Answer:
        """One request through the whole of the service."""
        return self._loop.run_until_complete(self._ask(asked))

    def ask_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Requests that come at one moment."""

        async def all_of_them() -> list[Answer]:
            return await asyncio.gather(*map(self._ask, asked))

        return self._loop.run_until_complete(all_of_them())

    async def _ask(self, asked: Asked) -> Answer:
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": asked.method,
            "scheme": "http", "path": asked.path, "raw_path": asked.path.encode(), "query_string": b"",
            "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 9),
            "headers": [(k.lower().encode(), v.encode()) for k, v in asked.headers.items()],
        }  # fmt: skip
        said: list[MutableMapping[str, Any]] = []
        parts = deque([{"type": "http.request", "body": asked.body, "more_body": False}])

        async def receive() -> MutableMapping[str, Any]:
            return parts.popleft() if parts else {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            said.append(message)

        await self._application(scope, receive, send)
        headers = {k.decode().title(): v.decode() for k, v in said[0]["headers"]}
        return Answer(said[0]["status"], headers, b"".join(m.get("body", b"") for m in said[1:]))

    def stop(self) -> None:
        """Ends what stands ready between two requests."""
        self._application.close()
