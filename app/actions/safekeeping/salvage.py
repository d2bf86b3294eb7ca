"""A damaged store brought back as far as its pages go: into a new store under the same key, beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.actions.safekeeping.salvage_losses import LOST_WORDS, Losses, Lost, sentences
from app.actions.safekeeping.salvage_mend import By, Mended, mend
from app.actions.safekeeping.salvage_pages import Believed, Progress, believe
from app.actions.sync_state import KIND_WORDS
from app.domain.problem import UserError
from app.files import replace_whole, write_whole
from app.paths import Paths
from app.store import Store
from app.store.btree import Forest
from app.store.cipher import faults
from app.store.gather import Gathered, Gathering
from app.store.refill import Refill
from app.store.shapes import Fields

LOGS = ("-wal", "-journal", "-shm")
COUNTED = (*KIND_WORDS, "outbox", "sent", "draft", "audit")


@dataclass(frozen=True)
class Salvaged:
    """What came of it. `pages` are those of the damaged file, `bad` the numbers of the unreadable ones.

    `came` counts by record type and table; `unsure` names tables of which more may be gone than `lost` says.
    """

    pages: int
    bad: tuple[int, ...]
    came: Mapping[str, int]
    lost: tuple[Lost, ...]
    unsure: tuple[str, ...]
    mended: Mended
    proved: bool = True

    @property
    def whole(self) -> bool:
        """Whether everything came back."""
        return not (self.lost or self.unsure or self.mended.identity)

    def words(self) -> tuple[str, ...]:
        """What to tell the worker, a sentence a line."""
        said = [f"一共 {self.pages} 页，坏了 {len(self.bad)} 页。"]
        if not self.proved:
            said.append("文件开头坏了，页上的防改印对不了，只收了读得通的页。")
        counted = ((LOST_WORDS[kind], self.came.get(kind)) for kind in COUNTED)
        came = "，".join(f"{words} {count} 条" for words, count in counted if count)
        said.append(f"救回来：{came}。" if came else "一条也没救回来。")
        said.extend(sentences(self.lost))
        if self.mended.again:
            said.append(f"{len(self.mended.again)} 条的底页坏了，照还没上传的改动重新拼好了。")
        if self.mended.changes:
            said.append(f"{len(self.mended.changes)} 条没上传的改动坏了，照资料现在的样子重新写好了。")
        if self.mended.to_fetch:
            said.append(f"{len(self.mended.to_fetch)} 条只缺县里的那一份，下次上传时再取。")
        if self.mended.identity:
            said.append("这台电脑的登记没救回来：资料能看能记，要跟县里重新登记才能上传。")
        said.extend(f"{LOST_WORDS.get(table, table)}也许还少了别的，说不准。" for table in self.unsure)
        if any(one.kind in KIND_WORDS for one in self.lost) or "record" in self.unsure:
            said.append("县里有的，下次上传时会一起取回来。")
        return (*said, "都救回来了。" if self.whole else "没救回来的都在上面。")


def salvage(
    paths: Paths,
    keys: Sequence[bytes],
    folder: Path,
    by: By,
    progress: Progress = lambda done, total: None,
) -> Salvaged:
    """Bring what is left of the store at `paths` into the new data folder `folder`; `paths` is only read.

    `keys` are those the worker's slot gave, the likeliest first; `progress` gets pages. Raises UserError
    when there is something in `folder`, WrongKey when no key fits, StorageFault when the disk refuses.
    """
    target = Paths(folder)
    with faults():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError("要救到的文件夹里已经有东西。换一个空的，或新起一个名字。", field="out")
        folder.mkdir(parents=True, exist_ok=True)
    believed = believe(paths.store, keys, progress)
    half_done = target.store.with_name(target.store.name + ".new")
    try:
        done = _refill(half_done, believed, by)
        replace_whole(half_done, target.store)
        _copy_beside(paths, target)
    except BaseException:
        for end in ("", *LOGS):
            half_done.with_name(half_done.name + end).unlink(missing_ok=True)
        raise
    return done


def _refill(path: Path, believed: Believed, by: By) -> Salvaged:
    forest = Forest(believed.pages)
    made = Refill(path, believed.key)
    try:
        gathered = Gathering(forest, made.shapes).run()
        made.check_release(gathered.migrations)
        bad = _bad(believed, forest, gathered)
        done = _made_good(gathered, believed, bad, by)
        tables = {table: _in_order(rows.values()) for table, rows in gathered.rows.items()}
        made.write(tables, gathered.numbers)
        made.prove()
    finally:
        made.close()
    _log(path, believed.key, by, done)
    return done


def _made_good(gathered: Gathered, believed: Believed, bad: tuple[int, ...], by: By) -> Salvaged:
    losses = Losses(gathered, _villages(gathered))
    damaged = bool(bad or believed.torn)
    lost_records = losses.of_records() if damaged else ()
    lost_rest = losses.of_lines() + losses.of_others() if damaged else ()
    unsent = losses.unsent() if damaged else {}
    mended = mend(gathered, unsent, by, records_sure=not lost_records and losses.sure_of("record"))
    made = mended.again | mended.to_fetch
    lost = tuple(one for one in lost_records if one.id not in made)
    lost += tuple(one for one in lost_rest if one.kind != "outbox" or int(one.id) not in mended.changes)
    counts = _counted(gathered)
    unsure = losses.unsure() if damaged else ()
    return Salvaged(believed.total, bad, counts, lost, unsure, mended, believed.proved)


def _counted(gathered: Gathered) -> dict[str, int]:
    counts = {table: len(rows) for table, rows in gathered.rows.items() if table != "record"}
    counts["sent"] = sum(fields.get("seq") is not None for fields in gathered.rows["outbox"].values())
    counts["outbox"] -= counts["sent"]
    records = gathered.rows["record"].values()
    return counts | Counter(str(fields["type"]) for fields in records if not fields["deleted"])


def _bad(believed: Believed, forest: Forest, gathered: Gathered) -> tuple[int, ...]:
    """Unproved, a page that is no tree's may be the rest of a long row, and is then as good as any."""
    bad = believed.bad - gathered.free
    return tuple(sorted(bad if believed.proved else bad - forest.overflow))


def _villages(gathered: Gathered) -> tuple[str, ...]:
    device = gathered.rows["meta"].get(("device",))
    return tuple(json.loads(str(device["value"]))["villages"]) if device else ()


def _in_order(rows: Collection[Fields]) -> list[Fields]:
    return sorted(rows, key=lambda fields: int(str(fields.get("n") or 0)))


def _log(path: Path, key: bytes, by: By, done: Salvaged) -> None:
    store = Store(path, key)
    try:
        with store.unit(actor=by.worker, at=by.at, why="salvage") as unit:
            unit.audit("salvage", by.worker, f"pages {done.pages} bad {len(done.bad)} lost {len(done.lost)}")
    finally:
        store.close()


def _copy_beside(paths: Paths, target: Paths) -> None:
    """The keys and what else is not in the store: settings, policy packs, fonts, sealed files of records."""
    with faults():
        copy = paths.keys.with_name(paths.keys.name + ".copy")
        for one in (paths.keys, copy, paths.settings):
            if one.is_file():
                write_whole(target.root / one.name, one.read_bytes())
        for folder in (paths.packs, paths.fonts, paths.attachments):
            for one in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if one.is_file():
                    write_whole(target.root / one.relative_to(paths.root), one.read_bytes())
