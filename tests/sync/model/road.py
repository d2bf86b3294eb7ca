"""The road between a laptop and the county: the real transport, the real service, and what befalls between.

The worker's `Transport` is the real one, over an adapter that hands its request to the county in this very
process (`asked.InProcess`), or, where there is a `place`, over real sockets (`wire`). A plan says what
happens to each request.
"""

from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import requests
import urllib3.exceptions as lower
from requests.adapters import HTTPAdapter

from sync.client.http import Transport
from sync.protocol.errors import ProtocolError
from sync.protocol.framing import from_bytes
from sync.protocol.limits import MESSAGE_TYPE, PACKED_BYTES, PROTOCOL_HEADER, SYNC_PATH
from tests.sync.model.asked import Answer, Asked, County

PLACE = "http://127.0.0.1:9"  # nobody listens there; the adapter never asks


Fault = Callable[["Road", Asked], Answer]


@dataclass
class Road:
    """One county and everything that was ever said to it; `plan` is what meets the next requests."""

    county: County
    seen: Counter[str] = field(default_factory=Counter)
    plan: deque[str] = field(default_factory=deque)
    history: list[Asked] = field(default_factory=list)
    late: list[Asked] = field(default_factory=list)
    said: dict[str, list[Answer]] = field(default_factory=dict)  # whole answers, by laptop
    dead: bool = False  # the laptop's power is gone: nothing leaves it any more
    place: Callable[[str], str] | None = None  # where a laptop, by its name, finds its county over a socket

    def carry(self, asked: Asked) -> Answer:
        """What the laptop hears. Raises what `requests` raises when it hears nothing."""
        if self.dead:
            raise requests.exceptions.ConnectionError(lower.ProtocolError("the power is gone"))
        assert len(asked.body) <= PACKED_BYTES, "I11: a request is bounded"
        self.history.append(asked)
        name = self.plan.popleft() if self.plan else "deliver"
        if name != "deliver":
            self.seen[name] += 1
        return FAULTS[name](self, asked)

    def tell(self, asked: Asked) -> Answer:
        """The county hears, and its answer is kept."""
        return self._kept(asked, self.county.ask(asked))

    def tell_all(self, asked: Sequence[Asked]) -> None:
        """The county hears them at one moment; nobody hears the answers."""
        for one, answer in zip(asked, self.county.ask_all(asked), strict=True):
            self._kept(one, answer)

    def _kept(self, asked: Asked, answer: Answer) -> Answer:
        assert len(answer.body) <= PACKED_BYTES, "I11: an answer is bounded"
        if answer.status == 200 and asked.path == SYNC_PATH:
            self.said.setdefault(asked.laptop, []).append(answer)
        return answer

    def transport(self, laptop: str) -> Transport:
        """The real transport of a laptop, whose every request takes this road."""
        if self.place is not None:
            return Transport(self.place(laptop), app="model")
        transport = Transport(PLACE, app="model")
        transport._session.mount(PLACE, _Adapter(self, laptop))
        return transport


class _Adapter(HTTPAdapter):
    """Stands where the socket would be."""

    def __init__(self, road: Road, laptop: str) -> None:
        super().__init__()
        self._road, self._laptop = road, laptop

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = _whole(request.body)
        asked = Asked(self._laptop, str(request.path_url), dict(request.headers), body, str(request.method))
        answer = self._road.carry(asked)
        response = requests.Response()
        response.status_code = answer.status
        response.headers.update(answer.headers)
        response.url = str(request.url)
        response.request = request
        response.raw = _Torn(answer.body) if answer.torn else io.BytesIO(answer.body)
        return response


def _whole(body: Any) -> bytes:
    """What a socket would be given, block by block."""
    return body if isinstance(body, bytes) else b"".join(iter(body.read, b"")) if body else b""


class _Torn(io.BytesIO):
    """An answer of which only the first part arrives."""

    def stream(self, size: int, decode_content: bool = False) -> Iterator[bytes]:
        del size, decode_content
        yield self.getvalue()
        raise lower.ProtocolError("Connection broken: IncompleteRead")


def _silence() -> Answer:
    raise requests.exceptions.ReadTimeout


def _drop(road: Road, asked: Asked) -> Answer:
    """The request never arrives."""
    del road, asked
    raise requests.exceptions.ConnectionError(lower.ProtocolError("Connection aborted."))


def _no_network(road: Road, asked: Asked) -> Answer:
    del road, asked
    pool = urllib3_pool()
    raise requests.exceptions.ConnectionError(lower.MaxRetryError(pool, "/"))


def urllib3_pool() -> Any:
    """A stand-in for the pool that `MaxRetryError` names."""
    return None


def _lose(road: Road, asked: Asked) -> Answer:
    """The county hears and commits; its answer is lost."""
    road.tell(asked)
    return _silence()


def _twice(road: Road, asked: Asked) -> Answer:
    """A box on the way delivers it twice; the second answer arrives."""
    road.tell(asked)
    return road.tell(asked)


def _later(road: Road, asked: Asked) -> Answer:
    """A box on the way keeps it for weeks."""
    road.late.append(asked)
    return _silence()


def _older_answer(road: Road, asked: Asked) -> Answer:
    """A box on the way mixes answers up: one that this laptop was given before comes in place of hers."""
    before = list(road.said.get(asked.laptop, ()))
    road.tell(asked)
    return before[len(road.history) % len(before)] if before else _silence()


def _half_answer(road: Road, asked: Asked) -> Answer:
    answer = road.tell(asked)
    return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2], torn=True)


def _cut_answer(road: Road, asked: Asked) -> Answer:
    """A box on the way closes an answer in the middle as if it were whole."""
    answer = road.tell(asked)
    return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])


def _bent_answer(road: Road, asked: Asked) -> Answer:
    answer = road.tell(asked)
    body = _bent(answer.body)
    if not body or (answer.status == 200 and _still_a_message(body)):
        return _silence()  # a bit that only TLS can notice breaks the line
    return Answer(answer.status, answer.headers, body)


def _bent(body: bytes) -> bytes:
    """The same with one bit turned in its middle."""
    bent = bytearray(body)
    if bent:
        bent[len(bent) // 2] ^= 0x10
    return bytes(bent)


def _still_a_message(body: bytes) -> bool:
    try:
        from_bytes(body)
    except ProtocolError:
        return False
    return True


def _half_request(road: Road, asked: Asked) -> Answer:
    return road.county.ask(replace(asked, body=asked.body[: len(asked.body) // 2]))


def _bent_request(road: Road, asked: Asked) -> Answer:
    return road.county.ask(replace(asked, body=_bent(asked.body)))


def _portal(road: Road, asked: Asked) -> Answer:
    del road, asked
    return Answer(200, {"Content-Type": "text/html"}, b"<html>login</html>")


def _redirect(road: Road, asked: Asked) -> Answer:
    del road, asked
    return Answer(302, {"Location": "http://127.0.0.1:9/login"}, b"")


def _gateway(road: Road, asked: Asked) -> Answer:
    del road, asked
    return Answer(502, {"Content-Type": "text/html"}, b"<html>bad gateway</html>")


def _too_big(road: Road, asked: Asked) -> Answer:
    del road, asked
    return Answer(413, {}, b"")


def _busy(road: Road, asked: Asked) -> Answer:
    del road, asked
    body = b'{"error":"busy","words":""}'
    return Answer(503, {PROTOCOL_HEADER: "1", "Content-Type": "application/json"}, body)


def _empty_page(road: Road, asked: Asked) -> Answer:
    """Ours by its headers, and no message."""
    del road, asked
    return Answer(200, {PROTOCOL_HEADER: "1", "Content-Type": MESSAGE_TYPE}, b"")


FAULTS: Mapping[str, Fault] = {
    "deliver": Road.tell,
    "request dropped": _drop,
    "no network": _no_network,
    "answer lost": _lose,
    "delivered twice": _twice,
    "delivered weeks late": _later,
    "older answer": _older_answer,
    "answer torn": _half_answer,
    "answer cut short": _cut_answer,
    "answer bent": _bent_answer,
    "request cut short": _half_request,
    "request bent": _bent_request,
    "login page": _portal,
    "redirect": _redirect,
    "gateway error": _gateway,
    "too large for a gateway": _too_big,
    "county busy": _busy,
    "empty answer": _empty_page,
}
BAD = tuple(name for name in FAULTS if name != "deliver")
