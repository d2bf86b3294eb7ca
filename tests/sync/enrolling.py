"""A computer being enrolled by two files on a stick, with no line at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.vault import parcel_files
from sync.client import enrol_stick
from sync.client.enrol_stick import Answer
from sync.client.keys import NewDevice, new_device
from sync.protocol.enrol_file import ASK_SUFFIX, TOLD_SUFFIX
from sync.server import enrol_files
from sync.server.enrol_files import Answered
from sync.server.postgres import connect
from tests.sync.county import AT


@dataclass
class Newcomer:
    """A computer without a store, a stick and a paper with a code."""

    root: Path
    code: str
    new: NewDevice

    def write(self, at: datetime = AT) -> Path:
        """Put the question on the stick."""
        return enrol_stick.write(self.root, self.code, self.new, "村部电脑", "0.1.0", at)

    def read(self, server: str = "") -> Answer:
        """Read the answer from it."""
        return enrol_stick.read(self.root, self.code, self.new, server)

    def questions(self) -> tuple[Path, ...]:
        return parcel_files.found([self.root], ASK_SUFFIX)

    def answers(self) -> tuple[Path, ...]:
        return parcel_files.found([self.root], TOLD_SUFFIX)


def newcomer(root: Path, code: str) -> Newcomer:
    return Newcomer(root, code, new_device(AT))


def answer(database: str, file: Path, at: datetime = AT, server: str = "") -> Answered:
    """What the county makes of the question in `file`; its answer lies beside it then."""
    with connect(database) as connection:
        told = enrol_files.take_in(connection, file.read_bytes(), at, server)
    parcel_files.put(file.with_suffix(TOLD_SUFFIX), told.answer)
    return told
