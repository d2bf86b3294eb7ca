"""A damaged file, a second program, another thread: told apart and named, and nothing stored is taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.domain.people.household import Household
from app.domain.problem import StorageFault, WrongKey
from app.store import Store
from tests.conftest import KEY
from tests.facts import HOME, NOW, household, person
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "s.db")


def made(path: Path, people: int = 40) -> Path:
    store = Store(path, KEY, create=True)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        for number in range(people):
            unit.save(person(id=f"p{number}", id_number=None, note="话" * 200))
    store.close()
    return path


def test_a_first_page_of_garbage_opens_nothing(path: Path) -> None:
    path.write_bytes(os.urandom(4096) + path.read_bytes()[4096:])
    with pytest.raises(WrongKey, match="坏了一部分"):
        Store(path, KEY)


def test_a_file_cut_to_nothing_is_not_taken_for_a_new_village(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(StorageFault, match="坏了一部分"):
        Store(path, KEY)
    assert path.read_bytes() == b""


def hot(path: Path, copy: Path) -> list[str]:
    """Copy the files of a store that is open and has its last units in the log only; their notes."""
    store = Store(path, KEY)
    notes = [f"第 {number} 次" for number in range(8)]
    for note in notes:
        with store.unit(actor="w", at=NOW) as unit:
            unit.save(household(note=note))
    copy.mkdir()
    for file in path.parent.glob("s.db*"):
        shutil.copy(file, copy)
    store.close()
    return notes


def test_a_log_cut_anywhere_loses_only_the_last_units_and_none_by_half(path: Path, tmp_path: Path) -> None:
    notes = hot(path, tmp_path / "hot")
    log = (tmp_path / "hot" / "s.db-wal").read_bytes()
    seen = []
    for tenth in range(11):
        place = tmp_path / f"cut{tenth}"
        shutil.copytree(tmp_path / "hot", place)
        (place / "s.db-wal").write_bytes(log[: len(log) * tenth // 10])
        store = Store(place / "s.db", KEY)
        assert_agrees(store)
        note = store.reading.get(Household, HOME).note
        seen.append(notes.index(note) if note else -1)
        store.close()
    assert seen == sorted(seen)
    assert seen[0] == -1
    assert seen[-1] == len(notes) - 1


def test_a_second_program_is_refused_in_words_and_disturbs_nothing(path: Path) -> None:
    store = Store(path, KEY)
    program = (
        "import sys\nfrom pathlib import Path\nfrom app.domain.problem import StorageFault\n"
        "from app.store import Store\n"
        "try:\n    Store(Path(sys.argv[1]), bytes(range(32)))\n"
        "except StorageFault as fault:\n    sys.stdout.buffer.write(fault.words.encode())\n"
    )
    second = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert second.stdout.decode() == "这份资料正被另一个首访通开着。先关掉那一个，再来开。"
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="还在写"))
    assert_agrees(store)
    store.close()


def test_another_thread_is_refused_in_words_of_our_own(path: Path) -> None:
    store = Store(path, KEY)
    caught: list[BaseException] = []

    def trespass() -> None:
        for use in (
            lambda: store.reading.count(Household),
            lambda: save(store),
            lambda: store.finder.find("a"),
        ):
            try:
                use()
            except RuntimeError as error:
                caught.append(error)

    thread = threading.Thread(target=trespass)
    thread.start()
    thread.join()
    assert [str(error) for error in caught] == ["the store is used only on the thread that opened it"] * 3
    assert_agrees(store)
    store.close()


def save(store: Store) -> None:
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="别的线"))


def test_a_store_that_was_locked_says_so(path: Path) -> None:
    store = Store(path, KEY)
    store.close()
    for use in (lambda: store.reading.count(Household), lambda: save(store)):
        with pytest.raises(StorageFault, match="已经锁上了"):
            use()
