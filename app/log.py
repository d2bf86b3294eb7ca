"""The program's diary for the technician: what happened, never to whom."""

from __future__ import annotations

import contextlib
import logging
import re
from copy import copy
from pathlib import Path

HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Runs of digits long enough to be an identity number, a phone or an account, however they are
# spaced, and Chinese words with the dot that joins the parts of a name.
PERSONAL = re.compile(rf"\d(?:[ \-]?\d){{5,}}[Xx]?|[{HAN}][\u00b7{HAN}]*")
ONE_FILE_BYTES = 1_000_000
KEPT_FILES = 3


class Redacting(logging.Formatter):
    """Blanks numbers and Chinese text: a log may travel where the village's data may not.

    Of an error only its type is kept; its own text and its traceback may quote a value, also where
    another handler has spelt them out on the record already.
    """

    def format(self, record: logging.LogRecord) -> str:
        plain = copy(record)
        plain.msg, plain.args = PERSONAL.sub("•", record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            plain.msg = f"{plain.msg} [{record.exc_info[0].__name__}]"
        plain.exc_info = plain.exc_text = plain.stack_info = None
        return super().format(plain).replace("\n", " ")


def start(path: Path) -> None:
    """Write the diary to `path`, rotating at 1 MB, three files kept.

    A disk that refuses the diary does not keep the program from opening.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    from logging.handlers import RotatingFileHandler  # brings sockets and pickles along: not at the start

    handler = RotatingFileHandler(
        path, maxBytes=ONE_FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
