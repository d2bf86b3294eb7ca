"""A print server as CUPS is one, as far as a client sees it: `python -m tests.print_server FOLDER`.

It listens on FOLDER/door, keeps every document it takes as FOLDER/1.pdf, 2.pdf … with what was asked beside
it (1.txt), and does as FOLDER/printers.json says: {"name": {"state": 3, "refuses": 0}}, with the states of
RFC 8011 (3 idle, 4 at work, 5 stopped). Its own process: the client's calls hold the interpreter.
"""

from __future__ import annotations

import json
import socketserver
import struct
import sys
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any

IPP_END, OPERATION, JOB, PRINTER = b"\x03", b"\x01", b"\x02", b"\x04"
INTEGER, BOOLEAN, ENUM, KEYWORD, URI, CHARSET, LANGUAGE, NAME, TEXT = (
    0x21, 0x22, 0x23, 0x44, 0x45, 0x47, 0x48, 0x42, 0x41,
)  # fmt: skip
GET_DEFAULT, GET_PRINTERS, GET_ATTRIBUTES = 0x4001, 0x4002, 0x000B
PRINT_JOB, CREATE_JOB, SEND_DOCUMENT = 0x0002, 0x0005, 0x0006
NOT_FOUND, NOT_ACCEPTING = 0x0406, 0x0506
FOLDER = Path(sys.argv[-1])
NUMBERS = count(1)


def value(tag: int, name: str, *given: str | int) -> bytes:
    """One attribute as it goes over the line (RFC 8010)."""
    out = b""
    for place, one in enumerate(given):
        key = name.encode() if place == 0 else b""
        number = ">b" if tag == BOOLEAN else ">i"
        data = struct.pack(number, one) if isinstance(one, int) else one.encode()
        out += struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(data)) + data
    return out


def printers() -> dict[str, dict[str, Any]]:
    """As the test has put them."""
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "printers.json").read_text(encoding="utf-8"))
    return found


def about(name: str, state: int) -> bytes:
    """What a client wants to know of a printer."""
    return b"".join((
        PRINTER, value(NAME, "printer-name", name),
        value(URI, "printer-uri-supported", f"ipp://localhost/printers/{name}"),
        value(INTEGER, "printer-type", 4), value(ENUM, "printer-state", state),
        value(KEYWORD, "printer-state-reasons", "none" if state != 5 else "paused"),
        value(BOOLEAN, "printer-is-accepting-jobs", 1),
        value(TEXT, "printer-info", name), value(TEXT, "printer-make-and-model", "simulated"),
    ))  # fmt: skip


class Answer(BaseHTTPRequestHandler):
    """One client."""

    protocol_version = "HTTP/1.1"

    def address_string(self) -> str:
        """A door has no address."""
        return "here"

    def log_message(self, *_given: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        """There are no drivers here."""
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        """One question."""
        if self.headers.get("Expect"):
            self.send_response_only(100)
            self.end_headers()
        body = self._body()
        operation, request = struct.unpack(">HI", body[2:8])
        status, told = self._told(operation, body)
        head = b"\x02\x00" + struct.pack(">HI", status, request) + OPERATION
        head += value(CHARSET, "attributes-charset", "utf-8")
        head += value(LANGUAGE, "attributes-natural-language", "en")
        data = head + told + IPP_END
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _told(self, operation: int, body: bytes) -> tuple[int, bytes]:
        known = printers()
        if operation in (GET_DEFAULT, GET_PRINTERS):
            shown = list(known.items())[: 1 if operation == GET_DEFAULT else None]
            return 0 if shown else NOT_FOUND, b"".join(about(name, one["state"]) for name, one in shown)
        name = next((one for one in known if f"/printers/{one}".encode() in body[:400]), None)
        if name is None:
            return NOT_FOUND, b""
        if operation == GET_ATTRIBUTES:
            return 0, about(name, known[name]["state"])
        if known[name].get("refuses"):
            return NOT_ACCEPTING, b""
        if operation in (PRINT_JOB, SEND_DOCUMENT):
            self._keep(body)
        elif operation == CREATE_JOB:
            (FOLDER / "asked.txt").write_bytes(body)
        return 0, JOB + value(INTEGER, "job-id", 7) + value(ENUM, "job-state", 5)

    def _keep(self, body: bytes) -> None:
        number = next(NUMBERS)
        asked = FOLDER / "asked.txt"
        (FOLDER / f"{number}.txt").write_bytes(asked.read_bytes() if asked.exists() else body[:600])
        part = FOLDER / f"{number}.part"
        part.write_bytes(body[body.index(b"%PDF") :])
        part.rename(FOLDER / f"{number}.pdf")

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers["Content-Length"]))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)


class Door(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The socket a client comes to."""

    daemon_threads = True


if __name__ == "__main__":
    with Door(str(FOLDER / "door"), Answer) as door:
        print("open", flush=True)
        door.serve_forever()
