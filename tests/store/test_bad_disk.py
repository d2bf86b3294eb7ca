"""A disk that is full, read-only or damaged is told apart and named, and takes nothing that was stored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.household import Household
from app.domain.person import Person
from app.domain.problem import StorageFault, WrongKey
from app.store import Store
from app.store.drafts import Draft
from tests.conftest import KEY
from tests.facts import HOME, NOW, household, person
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]
M16 = "电脑满了，新的存不进去。已存好的都在。"
SMALL_DISK = "size=1500k"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path / "s.db")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1.5 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or mount("-t", "tmpfs", "-o", SMALL_DISK, "none", str(place)):
        pytest.skip("mounting a small disk takes Linux and the right to mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def mount(*words: str) -> int:
    program = shutil.which("mount")
    return subprocess.run([program, *words], capture_output=True, check=False).returncode if program else 1


def made(path: Path, people: int = 40) -> Path:
    store = Store(path, KEY, create=True)
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household())
        for number in range(people):
            unit.save(person(id=f"p{number}", id_number=None, note="话" * 200))
    store.close()
    return path


def fill(store: Store, stop: int = 500) -> int:
    """Save until the disk refuses; how many were taken. The refusal must be the words of M-16."""
    taken = 0
    with pytest.raises(StorageFault, match=M16):
        for number in range(stop):
            with store.unit(actor="w", at=NOW) as unit:
                unit.save(household(id=f"h{number}", note="满" * 2_000))
                unit.save(person(id=f"q{number}", household=f"h{number}", id_number=None))
            taken += 1
    return taken


def everything(store: Store) -> set[str]:
    return {one.id for one in store.reading.each(Household)} | {one.id for one in store.reading.each(Person)}


def test_a_full_disk_refuses_in_words_and_works_again_when_there_is_room(small_disk: Path) -> None:
    store = Store(made(small_disk / "s.db"), KEY)
    (small_disk / "photos").write_bytes(bytes(500_000))
    before = everything(store)
    taken = fill(store)
    new = everything(store) - before
    assert len(new) == 2 * taken, "a household without its person is half a unit"
    with pytest.raises(StorageFault, match=M16):
        store.drafts.save(Draft("d", "visit", HOME, {"note": "写" * 60_000}, NOW))
    assert store.drafts.find("d") is None
    (small_disk / "photos").unlink()
    with store.unit(actor="w", at=NOW) as unit:
        unit.save(household(note="有地方了"))
    assert_agrees(store)
    store.close()
    again = Store(small_disk / "s.db", KEY)
    assert again.reading.get(Household, HOME).note == "有地方了"
    assert everything(again) == before | new
    again.close()


def test_a_file_that_may_not_grow_refuses_the_whole_unit(path: Path) -> None:
    store = Store(path, KEY)
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


def test_a_read_only_disk_is_named_and_nothing_changes(small_disk: Path) -> None:
    path = made(small_disk / "s.db", people=2)
    before = path.read_bytes()
    assert mount("-o", "remount,ro", str(small_disk)) == 0
    with pytest.raises(StorageFault, match="不让写"):
        Store(path, KEY)
    with pytest.raises(StorageFault, match="不让写"):
        Store(small_disk / "new.db", KEY, create=True)
    assert path.read_bytes() == before
    assert mount("-o", "remount,rw", str(small_disk)) == 0
    Store(path, KEY).close()


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.999])
def test_a_page_of_garbage_is_found_and_never_read_as_data(path: Path, place: float) -> None:
    store = Store(path, KEY)
    before = told(store)
    store.close()
    data = bytearray(path.read_bytes())
    page = int(len(data) // 4096 * place) * 4096
    data[page : page + 4096] = os.urandom(4096)
    path.write_bytes(bytes(data))
    try:
        damaged = Store(path, KEY)
    except StorageFault as fault:  # a page that opening itself needs
        said = fault.words
    else:
        said = told_by(damaged, before)
        damaged.close()
    assert "坏了一部分" in said


def told(store: Store) -> tuple[object, ...]:
    """What every door of the store says: records, search, audit, what waits for the county."""
    return everything(store), store.finder.find("jgy"), store.audit.lines(), store.ledger.waiting_subjects()


def told_by(damaged: Store, before: tuple[object, ...]) -> str:
    """The words about a damaged page when it is read; a page nobody needed changes nothing."""
    assert damaged.integrity()
    try:
        read = told(damaged)
    except StorageFault as fault:
        return fault.words
    return "坏了一部分" if read == before else "other data than were stored"


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


def test_two_hundred_wrong_keys_leave_the_file_and_its_log_as_they_were(path: Path, tmp_path: Path) -> None:
    notes = hot(path, tmp_path / "hot")
    place = tmp_path / "hot"
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    for number in range(200):
        with pytest.raises(WrongKey):
            Store(place / "s.db", number.to_bytes(32))
    assert {file.name: file.read_bytes() for file in place.iterdir()} == before
    store = Store(place / "s.db", KEY)
    assert store.reading.get(Household, HOME).note == notes[-1]
    store.close()


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


def test_a_clock_set_back_years_mixes_nothing_up(path: Path) -> None:
    store = Store(path, KEY)
    for year, note in ((2026, "一"), (2009, "二"), (2038, "三"), (2001, "四")):
        with store.unit(actor="w", at=NOW.replace(year=year)) as unit:
            unit.save(household(note=note))
    assert store.reading.get(Household, HOME).note == "四"
    written = [one.fields["note"][1] for one in store.ledger.outgoing(10**7) if "note" in one.fields]
    assert written[-4:] == ["一", "二", "三", "四"]
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
