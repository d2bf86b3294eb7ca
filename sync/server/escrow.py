"""The county's key to its computers: made once, kept in a safe, used by an officer for a named request.

The private key lies in a file under a passphrase of its own, never in the database: whoever has the server
still cannot open a laptop. Every answer is written down before it is given.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import psycopg

from app.domain.problem import UserError
from app.vault import boxes, escrow
from app.vault.escrow import Question
from sync.server import key_files
from sync.server.postgres import Connection


def make_key(connection: Connection, county: str, file: Path, passphrase: str, at: datetime) -> bytes:
    """A new pair for the county; the private half goes to `file`. Computers fill a box for the public half,
    which is returned: those enrolled from now on at once, those enrolled before at their next sync.

    Raises UserError for a short passphrase, a file that is there already, or an unknown county.
    """
    private, public = boxes.new_pair()
    try:
        with connection.transaction():
            connection.execute("INSERT INTO escrow_key VALUES (%s, %s, %s)", (county, public, at))
            key_files.write_escrow(file, private, passphrase)  # a key nobody holds must not be offered
    except psycopg.errors.ForeignKeyViolation as error:
        raise UserError(f"还没有建 {county} 这个县。先运行 init。", field="county") from error
    return public


def key_of(connection: Connection, county: str) -> bytes:
    """The public key computers fill their boxes for: the newest, or b"" where the county has none."""
    row = connection.execute(
        "SELECT public FROM escrow_key WHERE county = %s ORDER BY made_at DESC LIMIT 1", (county,)
    ).fetchone()
    return bytes(row["public"]) if row else b""


def answer(
    connection: Connection, question: Question, private: bytes, officer: str, why: str, at: datetime
) -> bytes:
    """The answer to carry back, as bytes of a file. Written down first: who asked, who said yes, why.

    Raises UserError when a name or reason is missing, the request was answered before, or the key is not
    the one its boxes were filled for.
    """
    if not officer.strip() or not why.strip():
        raise UserError("写上是哪位经办人、核实了什么，再开。", field="officer")
    made = escrow.answer(question, private, officer.strip())
    try:
        with connection.transaction():
            connection.execute(
                "INSERT INTO escrow_answer VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    *(question.county, question.id, question.worker, question.name),
                    *(question.why, officer.strip(), why.strip(), at),
                ),
            )
    except psycopg.errors.UniqueViolation as error:
        raise UserError("这次请求已经回过信了。让她在电脑上重新请求一次。", field="question") from error
    except psycopg.errors.ForeignKeyViolation as error:
        raise UserError(f"这次请求是别的县的（{question.county}）。", field="question") from error
    return escrow.answer_out(made)
