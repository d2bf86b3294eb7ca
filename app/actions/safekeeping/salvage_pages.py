"""The pages of a damaged store that can still be believed, under the one of the keys that opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.problem import StorageFault, WrongKey
from app.store import btree, gather, log_file
from app.store.cipher import BUSY, DAMAGED, faults
from app.vault.pages import MAGIC, PAGE_BYTES, RESERVED_BYTES, SALT_BYTES, Pages, near_salts

LOCK_PAGE = (1 << 30) // PAGE_BYTES + 1  # SQLite never uses the page at 1 GiB
SAMPLE = 4  # that all of them are bad, where one page in a hundred is, happens once in 10⁸
STEP_PAGES = 512
NOT_THIS_KEY = "钥匙对不上这份资料，或者资料没有一页是好的。什么也没有动。"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Believed:
    """`pages` in plain by number, held in memory only; `bad` the numbers of the others, of `total`.

    Not `proved` when the file's salt is gone: then a page is believed when it reads as a sane one. `torn`
    counts frames of the log that were confirmed and that nobody can place any more.
    """

    key: bytes = field(repr=False)
    pages: dict[int, bytes] = field(repr=False)
    bad: frozenset[int]
    total: int
    proved: bool
    torn: int = 0


def believe(store: Path, keys: Sequence[bytes], progress: Progress = lambda done, total: None) -> Believed:
    """Read the store and the log beside it; neither is opened for writing.

    Raises WrongKey when no key opens a single page, StorageFault when the disk refuses, the file is empty
    or another program is writing it.
    """
    raw, log_raw = _read(store)
    if len(raw) < PAGE_BYTES:
        raise StorageFault(DAMAGED)
    key, pages = _opener(raw, log_raw, keys)
    proved = pages.salt is not None
    log = log_file.read(log_raw, pages.proved if proved else None)
    first = log.pages.get(1) or (raw[:PAGE_BYTES] if pages.proved(1, raw[:PAGE_BYTES]) else None)
    total = log.size or (gather.page_count(pages.plain(1, first)) if first else -(-len(raw) // PAGE_BYTES))
    found: dict[int, bytes] = {}
    bad: set[int] = set()
    for number in range(1, total + 1):
        plain = _plain(number, raw, log, pages)
        if plain is not None:
            found[number] = plain
        if plain is None or not (proved or btree.node(plain, number)):
            bad.add(number)
        if number % STEP_PAGES == 0 or number == total:
            progress(number, total)
    return Believed(key, found, frozenset(bad - {LOCK_PAGE}), total, proved, log.damaged)


def _read(store: Path) -> tuple[bytes, bytes]:
    log = store.with_name(store.name + "-wal")
    with faults():
        before = _states(store, log)
        if before[0] is None:
            raise StorageFault("没找到这台电脑上的资料。是不是换了地方？请镇里帮看。")
        read = store.read_bytes(), log.read_bytes() if log.exists() else b""
        if _states(store, log) != before:
            raise StorageFault(BUSY)
    return read


def _states(*paths: Path) -> list[tuple[int, int] | None]:
    return [(one.stat().st_size, one.stat().st_mtime_ns) if one.exists() else None for one in paths]


def _opener(raw: bytes, log_raw: bytes, keys: Sequence[bytes]) -> tuple[bytes, Pages]:
    salts = [raw[:SALT_BYTES], *(page[:SALT_BYTES] for page in log_file.first_pages(log_raw))]
    for key in keys:
        for salt in dict.fromkeys(salts):
            if _proves(Pages(key, salt), _all(raw)):
                return key, Pages(key, salt)
    step = max(1, len(raw) // PAGE_BYTES // SAMPLE)
    few = [pair for at, pair in enumerate(_all(raw)) if at % step == step - 1 and any(pair[1])]
    for key in keys:
        # One byte of the salt may be all that went; every page can then be proved after all.
        for salt in near_salts(raw[:SALT_BYTES]):
            if _proves(Pages(key, salt), few):
                return key, Pages(key, salt)
    for key in keys:
        unproved = Pages(key, None)
        if any(
            (node := btree.node(unproved.plain(number, page), number)) and (node.cells or node.children)
            for number, page in _all(raw)
        ):
            return key, unproved
    raise WrongKey(NOT_THIS_KEY)


def _all(raw: bytes) -> Iterable[tuple[int, bytes]]:
    for at in range(0, len(raw) - PAGE_BYTES + 1, PAGE_BYTES):
        yield at // PAGE_BYTES + 1, raw[at : at + PAGE_BYTES]


def _proves(pages: Pages, these: Iterable[tuple[int, bytes]]) -> bool:
    return any(pages.proved(number, page) for number, page in these)


def _plain(number: int, raw: bytes, log: log_file.Log, pages: Pages) -> bytes | None:
    """The newest believable content of a page. Unproved, page 1 must say what page 1 of ours says."""
    if number in log.pages:
        return pages.plain(number, log.pages[number])
    page = raw[(number - 1) * PAGE_BYTES : number * PAGE_BYTES]
    if number in log.lost or number == LOCK_PAGE or len(page) < PAGE_BYTES:
        return None
    if pages.salt is not None:
        return pages.open(number, page)
    plain = pages.plain(number, page)
    header = MAGIC + PAGE_BYTES.to_bytes(2, "big") + bytes((2, 2, RESERVED_BYTES, 64, 32, 32))
    return plain if number > 1 or plain.startswith(header) else None
