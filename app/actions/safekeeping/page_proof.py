"""Every page of the open store against its seal, slice by slice, telling how far it is.

The driver has one statement for this, which says nothing until it is done: for a large store a minute. What
it does is known (see `app.vault.pages`) and done here in the same way: HMAC-SHA512 of each page as it lies in
the file. The tests compare both on damaged files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.store.file_pages import FilePages
from app.store.proof import Pages
from app.vault import pages as sealed

SLICE_PAGES = 1_024  # 4 MB
MOST_THREADS = 4
Told = Callable[[int, int], None]


def prove(file: FilePages, expected: int, salt: bytes, key: bytes, told: Told) -> Pages:
    """Which of the pages do not hold; `expected` is how many there must be.

    `file` is of the store whose log has been folded in, on whose thread this is called: nothing is written
    meanwhile. `salt` is the one the store was opened with. What `told` raises ends it. Raises StorageFault.
    """
    otherwise = _length(file.size(), expected)

    def look(first: int) -> list[int]:
        proof, last = sealed.Pages(key, salt), min(first + SLICE_PAGES - 1, expected)
        return [number for number, page in file.read(first, last) if not proof.proved(number, page)]

    bad = [] if file.salt() == salt else [1]  # the seal of page 1 leaves it out
    pool = ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1))
    try:
        # Hashing gives way to other threads, and is most of the work.
        for done, found in enumerate(pool.map(look, range(1, expected + 1, SLICE_PAGES)), 1):
            bad += found
            told(min(done * SLICE_PAGES, expected), expected)
    finally:
        pool.shutdown(cancel_futures=True)
    return Pages(expected, tuple(dict.fromkeys(bad)), otherwise)


def _length(size: int, expected: int) -> tuple[str, ...]:
    short = expected * sealed.PAGE_BYTES - size
    return (f"末尾少了 {short} 字节",) if short > 0 else ()
