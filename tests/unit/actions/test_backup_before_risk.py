"""Before a step that could go wrong there is a proven backup, or the step is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.safekeeping import backup_places, backups
from app.actions.village import roster
from app.domain.manifest import Reason
from app.domain.problem import StorageFault
from tests.facts import household
from tests.unit.actions.backing import Laptop, laptop
from tests.unit.tables.sheets import reading


@pytest.fixture
def box(tmp_path: Path) -> Laptop:
    return laptop(tmp_path)


@pytest.fixture
def desk(box: Laptop) -> Iterator[Desk]:
    opened = box.open()
    yield opened
    opened.store.close()


def test_a_roster_comes_in_after_a_backup_that_stays(box: Laptop, desk: Desk) -> None:
    row = ("001", "名册组", "1号", "向先一", "户主", "男", "")
    roster.import_roster(desk, reading(row))
    (found,) = backup_places.found_in(box.paths.backups)
    assert found.manifest.reason == Reason.BEFORE_IMPORT.value
    assert found.manifest.counts == {"household": 1, "person": 1}
    assert found.manifest.risky
    box.clock.forward(minutes=5)
    backups.make(desk, box.opened.key, box.paths, Reason.ASKED)
    assert len(backup_places.found_in(box.paths.backups)) == 2


def test_no_backup_no_import(box: Laptop, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups.drives, "free_bytes", lambda folder: 1_000)
    with pytest.raises(StorageFault, match="备份没做成，所以什么也没有导"):
        roster.import_roster(desk, reading(("001", "名册组", "1号", "向先一", "户主", "男", "")))
    assert desk.store.original.holds().counts == {"household": 1, "person": 1}


def forget_last_migrations(box: Laptop) -> None:
    """Make the file one of an older release: it keeps neither files of records nor what is to be printed."""
    desk = box.open()
    for table, migration in (("attachment", "m005_attachments"), ("print_job", "m006_print_jobs")):
        desk.store._db.execute(f"DROP TABLE {table}")
        desk.store._db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [migration])
    # Its index went with the table.
    desk.store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_photos'")
    desk.store.close()


def test_a_file_of_an_older_release_is_backed_up_before_it_is_brought_up_to_date(box: Laptop) -> None:
    forget_last_migrations(box)
    desk = box.open()
    (found,) = backup_places.found_in(box.paths.backups)
    assert "m004_places_by_sound" in found.manifest.schema
    assert not {"m005_attachments", "m006_print_jobs"} & set(found.manifest.schema)
    assert found.manifest.reason == Reason.BEFORE_MIGRATION.value
    assert desk.store.migrated == ("m005_attachments", "m006_print_jobs", "m007_photos")
    desk.store.close()
    box.open().store.close()
    assert len(backup_places.found_in(box.paths.backups)) == 1, "no second one when nothing is pending"


def test_without_that_backup_the_older_file_stays_as_it_is(
    box: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_last_migrations(box)
    before = box.paths.store.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(backups.drives, "free_bytes", lambda folder: 1_000)
        with pytest.raises(StorageFault, match="换新版之前要先备份，备份没做成，资料没有动"):
            box.open()
    assert box.paths.store.read_bytes() == before
    box.open().store.close()


def test_a_store_with_a_damaged_page_is_told_and_its_older_backups_stay(box: Laptop) -> None:
    desk = box.open()
    with desk.unit("more") as unit:
        for number in range(200):
            unit.save(household(id=f"h{number:03d}", note="屋漏" * 200))
    backups.make(desk, box.opened.key, box.paths, Reason.ASKED)
    desk.store.close()
    with box.paths.store.open("r+b") as file:
        file.seek(4_096 * 60 + 100)
        file.write(b"rot")
    (before,) = (one.read_bytes() for one in box.paths.backups.iterdir())
    desk = box.open()
    with pytest.raises(StorageFault, match="资料文件坏了一部分"):
        backups.make(desk, box.opened.key, box.paths, Reason.ASKED)
    desk.store.close()
    assert [one.read_bytes() for one in box.paths.backups.iterdir()] == [before]
    assert not (box.paths.root / backups.SCRATCH).exists()
