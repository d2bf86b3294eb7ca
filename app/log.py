"""The program's diary for the technician: what happened, never to whom."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

# Runs of digits long enough to be an identity number, a phone or an account, and Chinese words.
PERSONAL = re.compile(r"\d{6,}[\dXx]*|[\u3400-\u9fff\U00020000-\U0003ffff]+")
ONE_FILE_BYTES = 1_000_000
KEPT_FILES = 3


class Redact(logging.Filter):
    """Blanks numbers and Chinese text: a log may travel where the village's data may not."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = PERSONAL.sub("•", record.getMessage())
        record.args = ()
        # A traceback prints the exception's own text, which may quote a value.
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.msg} [{record.exc_info[0].__name__}]"
            record.exc_info = None
        return True


def start(path: Path) -> None:
    """Write the diary to `path`, rotating at 1 MB, three files kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        path, maxBytes=ONE_FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redact())
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
