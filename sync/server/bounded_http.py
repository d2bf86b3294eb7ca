"""HTTP as uvicorn reads it with httptools, with a bound on what is kept of a request that means nothing yet.

The parser keeps the letters of a header, or of a trailer, until its line ends: whoever never ends it would
fill the memory of a county. A body is bounded where it is read (`answers.Form`).
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_BYTES = 16 * 1024  # of one request: its address, its header fields and its trailers


class TooMuchHead(ValueError):
    """More header than any request of ours has."""


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    _head = 0  # bytes of address and header fields of the request at hand
    _barren = 0  # bytes received since the last that were a whole head or part of a body

    def data_received(self, data: bytes) -> None:
        """Reads on; answers 400 and hangs up beyond the bound."""
        self._barren += len(data)
        super().data_received(data)
        if self._barren > HEADER_BYTES and not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Part of its address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its header fields, or of its trailers, which nobody here reads."""
        self._count(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._barren = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Part of its body."""
        self._barren = 0
        super().on_body(body)

    def _count(self, *parts: bytes) -> None:
        self._head += sum(map(len, parts))
        if self._head > HEADER_BYTES:
            raise TooMuchHead
