"""A disk that takes no more refuses the whole unit in words, at whichever page, and work goes on after."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.domain.people.person import Person
from app.domain.problem import StorageFault
from app.files import FULL, NOT_WRITTEN, write_whole
from app.store import Store
from app.store.drafts import Draft
from tests.facts import HOME, NOW, household, person
from tests.faults.disks import small_disk
from tests.faults.full_disk import KEY, PAGE, QUICK, a_visit, sweep, swept, village
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limit to set")


@posix
def test_a_write_refused_at_any_page_of_a_unit_leaves_nothing_of_it(tmp_path: Path) -> None:
    """And one refused at any page while the log is folded into the file takes nothing away.

    A roster is swept by `python3 dev.py faults`: it has hundreds of pages.
    """
    found = swept(tmp_path, *QUICK)
    assert found.pop("folded") > 5
    assert set(found) == set(QUICK)
    for name, said in found.items():
        assert len(said) > 5, name
        assert set(said) == {NOT_WRITTEN}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 3 MB."""
    with small_disk(tmp_path / "disk", "size=3m") as place:
        yield place


def test_a_disk_full_at_any_page_of_a_visit_leaves_nothing_of_it(disk: Path) -> None:
    desk = village(disk / "s.db")
    photos = disk / "photos"

    def squeeze(pages: int) -> None:
        free = os.statvfs(disk)
        photos.write_bytes(bytes(free.f_bavail * free.f_bsize - pages * PAGE))

    said = sweep(desk, a_visit(desk), squeeze, photos.unlink)
    assert len(said) > 20
    assert set(said) == {FULL}
    desk.store.close()
    again = Store(disk / "s.db", KEY)
    assert_agrees(again)
    again.close()


def everything(store: Store) -> set[str]:
    return {one.id for one in store.reading.each(Household)} | {one.id for one in store.reading.each(Person)}


def fill(store: Store, stop: int = 500) -> int:
    """Save until the disk refuses; how many were taken. The refusal must be the words of M-16."""
    taken = 0
    with pytest.raises(StorageFault, match=FULL):
        for number in range(stop):
            with store.unit(actor="w", at=NOW) as unit:
                unit.save(household(id=f"h{number}", note="满" * 2_000))
                unit.save(person(id=f"q{number}", household=f"h{number}", id_number=None))
            taken += 1
    return taken


def test_what_was_taken_before_the_disk_was_full_is_there_when_the_file_is_opened_again(disk: Path) -> None:
    """Also what stands in the log only: there was no room to fold it into the file."""
    store = village(disk / "s.db").store
    before = everything(store)
    taken = fill(store)
    new = everything(store) - before
    assert len(new) == 2 * taken, "a household without its person is half a unit"
    with pytest.raises(StorageFault, match=FULL):
        store.drafts.save(Draft("d", "visit", HOME, {"note": "写" * 60_000}, NOW))
    assert store.drafts.find("d") is None
    store.close()
    again = Store(disk / "s.db", KEY)
    assert everything(again) == before | new
    again.close()


def test_a_file_that_may_not_grow_refuses_the_whole_unit(tmp_path: Path) -> None:
    store = village(tmp_path / "s.db").store
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count={pages + 40}").fetchone()
    before = everything(store)
    taken = fill(store)
    assert len(everything(store) - before) == 2 * taken
    assert_agrees(store)
    store._db.execute("PRAGMA max_page_count=1073741823").fetchone()
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="有地方了"))
    assert_agrees(store)
    store.close()


@posix
def test_a_small_file_refused_at_any_byte_is_the_old_one_whole(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from app.domain.problem import StorageFault\n"
        "from app.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "path, refused = Path(sys.argv[1]), 0\n"
        "for size in range(301):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        write_whole(path, b'n' * 300)\n"
        "    except StorageFault:\n"
        "        refused += 1\n"
        "        assert path.read_bytes() == b'o' * 300\n"
        "assert refused == 300 and path.read_bytes() == b'n' * 300\n"
    )
    write_whole(tmp_path / "keys.json", b"o" * 300)
    words = [sys.executable, "-c", program, str(tmp_path / "keys.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]
