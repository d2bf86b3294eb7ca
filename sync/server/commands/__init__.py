"""The county clerk's commands, one module for each subject; each has `add`, which registers its own."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Callable, Iterator

from sync.server import county
from sync.server.postgres import Connection, connect

# Makes a command that has a database: (where to add it, its name, what runs it, what it is for).
Command = Callable[..., argparse.ArgumentParser]


def county_code(words: str) -> str:
    """The code of a county, as an argument. Raises ArgumentTypeError."""
    return _code(words, 6, "县的代码是 6 位数字")


def village_code(words: str) -> str:
    """The code of a village, as an argument. Raises ArgumentTypeError."""
    return _code(words, 12, "村的代码是 12 位数字")


@contextlib.contextmanager
def at_county(database: str, code: str) -> Iterator[Connection]:
    """`connect`, for a county that is there. Raises UserError for one that was never entered: of such a one
    every list is empty, and an empty list is good news."""
    with connect(database) as connection:
        county.must_be_there(connection, code)
        yield connection


def _code(words: str, digits: int, said: str) -> str:
    code = words.strip()
    if not re.fullmatch(f"[0-9]{{{digits}}}", code):
        raise argparse.ArgumentTypeError(f"{said}，写的是「{words}」")
    return code
