"""The papers that wait for a printer: kept on this device only, in the encrypted file, until seen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from app.domain.checklists.layout import Form, Layout
from app.domain.checklists.print_job import JobState, PrintJob, PrintLook
from app.store.cipher import faults, stored


class PrintJobs:
    """Rows in the order they were asked for. `save` and `drop` are durable at once, or with the unit they are
    called in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, jobs: Iterable[PrintJob]) -> None:
        """Write them all, or none."""
        with faults(), self._db.atomic():
            for job in jobs:
                self._db.execute(
                    "INSERT INTO print_job(id, state, asked_at, body) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT(id) DO UPDATE SET state = excluded.state, body = excluded.body",
                    [job.id, job.state.value, job.asked_at.isoformat(), json.dumps(_out(job))],
                )

    @faults()
    def find(self, job: str) -> PrintJob | None:
        found = self._rows("WHERE id = ?", [job])
        return found[0] if found else None

    def many(self, jobs: Iterable[str]) -> tuple[PrintJob, ...]:
        """Those of these ids that are there, in the order asked for."""
        found = (self.find(job) for job in jobs)
        return tuple(job for job in found if job is not None)

    @faults()
    def all(self) -> tuple[PrintJob, ...]:
        return self._rows("", [])

    @faults()
    def count_open(self) -> int:
        """How many want a printer, or her word."""
        row = self._db.execute("SELECT count(*) FROM print_job WHERE state != 'done'").fetchone()
        return int(row[0])

    def drop(self, jobs: Iterable[str]) -> None:
        with faults(), self._db.atomic():
            for job in jobs:
                self._db.execute("DELETE FROM print_job WHERE id = ?", [job])

    @faults()
    def forget_done(self, before: datetime) -> None:
        """What came out long ago is in the log; the queue need not show it."""
        for job in self._rows("WHERE state = 'done'", []):
            if (job.state_at or job.asked_at) < before:
                self.drop([job.id])

    def _rows(self, tail: str, values: list[Any]) -> tuple[PrintJob, ...]:
        rows = self._db.execute(f"SELECT id, state, asked_at, body FROM print_job {tail} ORDER BY id", values)
        return tuple(_in(*row) for row in rows)


def _out(job: PrintJob) -> dict[str, Any]:
    body = asdict(job)
    for name in ("id", "state", "asked_at"):
        del body[name]
    return {**body, "state_at": job.state_at.isoformat() if job.state_at else None}


def _in(key: str, state: str, asked_at: str, text: str) -> PrintJob:
    body = stored(text)
    at = body.pop("state_at")
    look, layout = PrintLook(**body.pop("look")), body.pop("layout")
    return PrintJob(
        id=key,
        state=JobState(state),
        asked_at=datetime.fromisoformat(asked_at),
        state_at=datetime.fromisoformat(at) if at else None,
        look=look,
        layout=Layout(**{**layout, "form": Form(layout["form"])}),
        **body,
    )
