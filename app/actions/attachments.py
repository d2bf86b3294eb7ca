"""Files that belong to a record: added, opened, taken away, looked through; never in the clear on disk."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.actions.desk import Desk
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.visits.visit import Visit, VisitState
from app.domain.workdays import CHINA
from app.store.attachments import Attachment
from app.vault import files
from app.vault.files import Damaged

MOST_BYTES = 20_000_000
SUFFIX = ".bin"
FETCHED = "fetch attachment"  # in the log, for what came from the county
UNCLAIMED_FOR = timedelta(days=1)
Progress = Callable[[int, int], None]


def add(desk: Desk, record: str, data: bytes, *, kind: str, media: str, thumb_of: str = "") -> Attachment:
    """Keep `data` with `record`; the same content is kept once. The file is there before its row is.

    Raises UserError when it is empty or too large or `record` is locked, StorageFault when the disk refuses.
    """
    desk.require(Right.RECORD)
    _unlocked(desk, record)
    if not data or len(data) > MOST_BYTES:
        raise UserError(f"附件是空的，或者超过 {MOST_BYTES // 1_000_000} 兆，没有存。", field="attachment")
    digest = hashlib.sha256(data).hexdigest()
    if known := desk.store.attachments.same(record, digest):
        return known
    made = Attachment(
        new_id(desk.now), record, kind, media, len(data), digest, files.new_key(), desk.now, thumb_of
    )
    lay_down(desk, made, data, "add attachment")
    return made


def lay_down(desk: Desk, made: Attachment, data: bytes, verb: str) -> None:
    """Seal `data` for the row `made`; the file is there before its row is. `verb` is for the log."""
    path = _path(desk, made.id)
    files.write_sealed(path, data, made.key, made.bound_to)
    try:
        with desk.unit("attachment") as unit:
            desk.store.attachments.put(made)
            if verb == FETCHED:
                desk.store.files_waiting.came(made.id, desk.now)
            unit.audit(verb, made.record, made.id)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def read(desk: Desk, attachment: str) -> bytes:
    """The plain content, in memory. Raises UserError when it is gone, Damaged when its file is not whole."""
    found = desk.store.attachments.find(attachment)
    if found is None:
        raise UserError("这个附件已经去掉了。", field="attachment")
    return content(desk, found)


def content(desk: Desk, found: Attachment) -> bytes:
    """The plain content of one whose row is in hand. Raises Damaged when its file is not whole."""
    data = files.read_sealed(_path(desk, found.id), found.key, found.bound_to)
    if hashlib.sha256(data).hexdigest() != found.sha256:
        raise Damaged
    return data


def drop(desk: Desk, attachment: str) -> None:
    """Take it away, small pictures too; the log keeps that it was there. UserError when locked."""
    desk.require(Right.RECORD)
    found = desk.store.attachments.find(attachment)
    if found is None:
        return
    _unlocked(desk, found.record)
    small = desk.store.attachments.thumb(attachment)
    with desk.unit("attachment") as unit:
        desk.store.attachments.drop(attachment)
        unit.audit("drop attachment", found.record, attachment)
    clear(desk, [one for one in (found, small) if one is not None])


def clear(desk: Desk, gone: Iterable[Attachment]) -> None:
    """Take away the files of rows that are gone; one that will not go is swept another day."""
    for one in gone:
        with contextlib.suppress(OSError):
            _path(desk, one.id).unlink(missing_ok=True)


def let_go(desk: Desk) -> int:
    """Take away the files of records that left for good (`FilesWaiting.left_behind`); how many."""
    gone = desk.store.files_waiting.left_behind()
    if gone:
        with desk.unit("attachment") as unit:
            for one in gone:
                desk.store.attachments.drop_one(one.id)
                unit.audit("drop attachment", one.record, one.id)
        clear(desk, gone)
    return len(gone)


def sweep(desk: Desk) -> int:
    """Take away files no row claims, left by a power cut between file and row; how many.

    Younger ones are left alone: their row may be on its way.
    """
    claimed = desk.store.attachments.ids()  # asked at every unlock: forty thousand after ten years
    found = [path for path in _files(desk) if path.stem not in claimed and _age(desk, path) > UNCLAIMED_FOR]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def damaged(desk: Desk, progress: Progress = lambda done, total: None) -> Iterator[tuple[Attachment, str]]:
    """Every attachment that cannot be opened, with what is the matter."""
    rows = list(desk.store.attachments.every())
    for number, one in enumerate(rows, 1):
        if not _path(desk, one.id).exists():
            yield one, "附件的文件不见了，从备份里找回它。"
        else:
            try:
                read(desk, one.id)
            except Damaged as error:
                yield one, error.words
        progress(number, len(rows))


def _unlocked(desk: Desk, record: str) -> None:
    """A signed visit is evidence, with all that belongs to it. Raises UserError."""
    visit = desk.store.reading.find(Visit, record)
    if visit is not None and visit.state is VisitState.SIGNED:
        raise UserError("签好了，照片不能再加，也不能去掉。写错了另写一份更正。", field="photos")


def _path(desk: Desk, attachment: str) -> Path:
    assert desk.files is not None, "a desk that keeps files has a folder for them"
    # The last two digits of an id are random, the first ones are all of the same hour.
    return desk.files / attachment[-2:] / f"{attachment}{SUFFIX}"


def _files(desk: Desk) -> Iterator[Path]:
    assert desk.files is not None, "a desk that keeps files has a folder for them"
    return desk.files.glob(f"??/*{SUFFIX}") if desk.files.is_dir() else iter(())


def _age(desk: Desk, path: Path) -> timedelta:
    return desk.now - datetime.fromtimestamp(path.stat().st_mtime, CHINA)
