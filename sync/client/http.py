"""One kept-alive road to the county, and an honest answer to "why did it not get there".

A village network fails in more ways than "off": a login page answers in the county's place, a
gateway answers that the county is down, a line dies half way. Each has its own words.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import MaxRetryError
from urllib3.util import SKIP_HEADER

from app.domain.problem import Offline, UserError
from sync.client.traffic import HungUp, Outgoing, Traffic, Watched
from sync.protocol.errors import (
    BUSY,
    EPOCH,
    FORK,
    INTERNAL,
    READ_ONLY,
    REFUSALS,
    REVOKED,
    Malformed,
    Refused,
    TooLarge,
)
from sync.protocol.limits import MESSAGE_TYPE, PACKED_BYTES, PROTOCOL, PROTOCOL_HEADER
from sync.protocol.links import forked_in
from sync.protocol.lives import new_life_in
from sync.protocol.stopped import stopped_in

T = TypeVar("T")
CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0  # between two bytes, not for the whole answer
PIECE_BYTES = 8 * 1024  # so much of an answer is counted at once
NETWORK_LOGIN = 511  # RFC 6585 §6

NO_NETWORK = "没有网，照常用。有网自己传。"
LOGIN_PAGE = "连上了网，但被登录页拦住了。先在浏览器里登录，再回来点「现在上传」。"
COUNTY_BUSY = BUSY.words
LINE_CUT = "传到一半断了。没传的都在，过一会儿自己再传。"
NOT_COUNTY = "连上了网，但这个地址不是县里的。检查设置里的地址，没传的都在。"
NOT_PROVEN = "连上了网，但对方证明不了自己是县里的机器，所以没有传。看看电脑的日期对不对，或报给县里。"
NOT_HTTPS = "县里的地址要以 https:// 开头，不然资料在路上会被人看见。"
NO_ADDRESS = "县里的地址不对，照着县里给的再输一遍。"


class LoginPage(Offline):
    """Something other than the county answered and wants to be logged in to."""


class Busy(Offline):
    """The county is reached and cannot answer now."""


class NotCounty(Offline):
    """Something answers at this address, and it is not the county."""


class NotProven(Offline):
    """The other side's certificate does not prove that it is the county."""


class Cut(Offline):
    """The line was there and broke or fell silent: a smaller batch may get through."""


class Transport:
    """POSTs packed messages to one county over one connection. Not for two threads at once."""

    def __init__(
        self,
        server: str,
        *,
        app: str = "",
        speaks: int = 0,
        ca_file: Path | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        """`server` is the base address; `ca_file` the county's own certificate authority, if it has one.
        `speaks` is the packing this county was last heard to read (`sync.protocol.packing`), 0 at first.

        Raises UserError for an address that is not https, unless it is this very computer.
        """
        self.server = server.strip().rstrip("/")
        self.app = app
        self._timeout = (connect_seconds, read_seconds)
        self.traffic = Traffic()
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, Watched(self.traffic))
        if _checked(self.server):
            self._session.trust_env = False  # no proxy stands between a computer and itself
        if ca_file is not None:
            self._session.verify = str(ca_file)
        self.speaks = speaks
        self._session.headers.clear()  # every exchange pays for each of them
        self._session.headers.update({"User-Agent": "sft", "Accept-Encoding": SKIP_HEADER})

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The packed answer. Raises Offline (LoginPage, Busy, Cut), Refused, Malformed or TooLarge."""
        return self.ask("POST", path, body, headers, _message)

    def fetch_large(self, path: str, body: bytes, headers: Mapping[str, str], most_bytes: int) -> bytes:
        """As `post`, for an answer that may be larger than a message."""
        return self.ask("POST", path, body, headers, _message, most_bytes)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        understand: Callable[[requests.Response, bytes], T],
        most_bytes: int = PACKED_BYTES,
    ) -> T:
        """What `understand` makes of the county's answer and its bytes. Raises as `post` does."""
        traffic = self.traffic
        try:
            traffic.begin()
            with self._session.request(
                method,
                self.server + path,
                data=Outgoing(body, traffic) if body else body,
                headers=dict(headers),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                told = _read(response, most_bytes, traffic)
                _ours(response)
                traffic.answered()
                return understand(response, told)
        except (requests.exceptions.RequestException, HungUp) as error:
            traffic.going = 0
            raise Cut(LINE_CUT) if traffic.over else _broken(error) from error

    def hang_up(self) -> None:
        """End the request under way, wherever it is, and every later one; each raises Cut. For any thread."""
        self.traffic.hang_up()

    def close(self) -> None:
        """Lets go of the connection."""
        self._session.close()

    def __enter__(self) -> Transport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(server: str) -> bool:
    """Whether the address is this computer's own. Raises UserError for one that may not be used."""
    try:
        parts = urlsplit(server)
        host = parts.hostname or ""
        _ = parts.port  # reading it is what checks it
    except ValueError as error:
        raise UserError(NO_ADDRESS, field="server") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UserError(NO_ADDRESS, field="server")
    own = host == "localhost" or _is_loopback(host)
    if parts.scheme == "http" and not own:
        raise UserError(NOT_HTTPS, field="server")
    return own


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _broken(error: Exception) -> Offline:
    """What went wrong on the way."""
    gone = (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError)
    if isinstance(error, requests.exceptions.SSLError):
        return NotProven(NOT_PROVEN)
    if isinstance(error, requests.exceptions.ReadTimeout):
        return Cut(LINE_CUT)
    if isinstance(error, requests.exceptions.ConnectionError):
        never_there = bool(error.args) and isinstance(error.args[0], MaxRetryError)
        return Offline(NO_NETWORK) if never_there or isinstance(error, gone) else Cut(LINE_CUT)
    return Cut(LINE_CUT)


def _read(response: requests.Response, most_bytes: int, traffic: Traffic) -> bytes:
    parts, size = [], 0
    for part in response.iter_content(PIECE_BYTES):
        size += len(part)
        traffic.came(len(part))
        if size > most_bytes:
            raise TooLarge("answer")
        parts.append(part)
    return b"".join(parts)


def _ours(response: requests.Response) -> None:
    """Nothing when the county itself answers. Raises Offline for whoever else does, Malformed."""
    if response.status_code == NETWORK_LOGIN:
        raise LoginPage(LOGIN_PAGE)
    said = response.headers.get(PROTOCOL_HEADER)
    if said is None:
        raise _stranger(response.status_code)
    if said != str(PROTOCOL) and response.ok:
        raise Malformed(f"protocol {said[:20]}")


def _message(response: requests.Response, body: bytes) -> bytes:
    """The county's message, or the reason why this is not one."""
    if response.status_code != requests.codes.ok:
        raise refused(response.status_code, body)
    if response.headers.get("Content-Type") != MESSAGE_TYPE:
        raise Malformed("content type")
    return body


def _stranger(status: int) -> Offline:
    """Who answers without the county's header: a gateway in trouble, a wrong address, or a login page.

    A gateway that lets only little through at once is told less next time.
    """
    if status == requests.codes.request_entity_too_large:
        return Cut(LINE_CUT)
    if status in (404, 405, 410, 501):
        return NotCounty(NOT_COUNTY)
    if status >= 500 or status == requests.codes.too_many_requests:
        return Busy(COUNTY_BUSY)
    return LoginPage(LOGIN_PAGE)


def refused(status: int, body: bytes) -> Exception:
    """What the county's answer with an error status means."""
    try:
        said = json.loads(body)
        code = said.get("error") if isinstance(said, dict) else None
    except (ValueError, RecursionError):
        code = None
    refusal = REFUSALS.get(code) if isinstance(code, str) else None
    if refusal is EPOCH and (life := new_life_in(said)) is not None:
        return life
    if refusal is FORK and (forked := forked_in(said)) is not None:
        return forked
    if refusal is REVOKED and (stopped := stopped_in(said)) is not None:
        return stopped
    if refusal is READ_ONLY:
        return Busy(READ_ONLY.words)
    if refusal in (BUSY, INTERNAL) or (refusal is None and status >= 500):
        return Busy(COUNTY_BUSY)
    if refusal is None:
        return Malformed(f"status {status}")
    return Refused(refusal)
