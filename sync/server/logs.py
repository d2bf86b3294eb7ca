"""The service's own log: a line of text or of JSON for each event, and never a word of what a record says.

A message may name a device by its id, a count, a size or a kind of error. The text of an exception may
quote a record, so of an exception only its kind and place are written.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

FACTS = "facts"  # what `extra` may hold: a flat object of ids and numbers


def facts(**known: str | float) -> dict[str, Any]:
    """What to give a log call as `extra`, so that a line of JSON holds it apart from the words."""
    return {FACTS: known}


def place_of(error: BaseException) -> str:
    """Kind and place of an error, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} in {place}"


class Plain(logging.Formatter):
    """A line of text; an exception is its kind and place."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        ours = copy.copy(record)
        ours.exc_text = None  # another formatter may have left the whole traceback there
        return super().format(ours)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the name logging calls
        return place_of(ei[1]) if ei[1] is not None else ""


class AsJson(Plain):
    """A line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "says": record.getMessage(),
            "process": os.getpid(),
            **getattr(record, FACTS, {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = place_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def to_stderr(*, as_json: bool = False) -> None:
    """Sends every line of this process to stderr in one of the two forms, unless it goes elsewhere."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if as_json else Plain())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
