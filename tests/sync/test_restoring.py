"""A restore either puts the backup in the place of the county or leaves what was there, and says which."""

from __future__ import annotations

import hashlib
import json
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from app.domain.problem import NewerFile, StorageFault, UserError
from sync.server import backup_files, backups, beside, county, lives, pg_tools, restoring, scratch
from sync.server.__main__ import main
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate
from tests.sync.county import AT, COUNTY

STOPS = {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT, "SIGHUP": signal.SIGHUP}


class House:
    """A county that has gone on since its backup, and all the databases that lie around it."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database = database
        self.file = backups.make(database, folder, AT).file
        with connect(database) as connection:
            connection.execute("UPDATE county SET name = '后来的县'")
        self._before = self._found()

    def is_untouched(self) -> bool:
        return self._found() == self._before

    def restore(self) -> int:
        return main(["restore", "--database", self.database, str(self.file)])

    def lives(self) -> int:
        with connect(self.database) as connection:
            return len(lives.of(connection, COUNTY))

    def aside(self) -> list[str]:
        return [name for name in self._found()[1] if "_2" in name and beside.COMING not in name]

    def _found(self) -> tuple[str, list[str], int]:
        with psycopg.connect(self.database) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, current_database() || '_')"
            ).fetchall()
        with connect(self.database) as connection:
            row = connection.execute("SELECT name FROM county").fetchone()
        return (row["name"] if row else "", sorted(name for (name,) in rows), self.lives())


@pytest.fixture
def house(county_database: str, tmp_path: Path) -> Iterator[House]:
    found = House(county_database, tmp_path)
    yield found
    for name in found.aside():
        beside.drop(county_database, name)


def repacked(file: Path, dump: bytes | None = None, **told: object) -> Path:
    """The same backup with other words in its manifest, or with another dump."""
    other = file.with_name("other.sftcounty")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        manifest = {**json.loads(old.read(backup_files.MANIFEST)), **told}
        new.writestr(backup_files.MANIFEST, json.dumps(manifest))
        new.writestr(backup_files.DUMP, old.read(backup_files.DUMP) if dump is None else dump)
    return other


def test_what_was_there_is_put_aside_under_a_name_that_is_said(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.restore() == 0
    (aside,) = house.aside()
    assert aside in capsys.readouterr().out
    assert house.lives() == 2
    with psycopg.connect(pg_tools.beside(house.database, aside)) as connection:
        assert connection.execute("SELECT name FROM county").fetchone() == ("后来的县",)


def test_two_restores_in_one_second_keep_both(house: House) -> None:
    first = restoring.put_back(house.database, house.file, AT).aside
    second = restoring.put_back(house.database, house.file, AT).aside
    assert sorted(house.aside()) == sorted([first, second])


@pytest.mark.parametrize("step", ["restore", "compare", "begin"])
def test_a_restore_that_fails_leaves_what_was_there(
    house: House, step: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    if step == "restore":
        house.file = repacked(house.file, b"no dump", sha256=hashlib.sha256(b"no dump").hexdigest())
    elif step == "compare":
        house.file = repacked(house.file, census={"county": [7, "7"]})
    else:
        house.file = repacked(house.file, upto={"439999": 1})
    assert house.restore() == 1
    assert "没有动" in capsys.readouterr().err
    assert ("23503" in caplog.text) == (step == "begin"), "there is no such county in it"
    caplog.clear()
    assert house.is_untouched()


@pytest.mark.parametrize("name", STOPS)
def test_a_restore_asked_to_stop_leaves_what_was_there_and_nothing_running(
    house: House,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told, program = tmp_path / "number", tmp_path / "pg_restore"
    # It says more than a pipe holds, so that it is being listened to when it asks.
    asks = f"head -c 200000 /dev/zero >&2\nkill -{name.removeprefix('SIG')} $PPID"
    program.write_text(f"#!/bin/sh\necho $$ > {told}\n{asks}\nexec sleep 600\n")
    program.chmod(0o700)
    before = signal.getsignal(STOPS[name])
    monkeypatch.setattr(pg_tools, "_found", lambda _: str(program))
    assert house.restore() == 1
    assert restoring.STOPPED in capsys.readouterr().err
    assert house.is_untouched()
    assert not psutil.pid_exists(int(told.read_text())), "what it had begun does not go on by itself"
    assert signal.getsignal(STOPS[name]) == before


def test_a_backup_asked_to_stop_leaves_nothing(
    county_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = pg_tools.restore

    def asked(database: str, dumped: Path) -> None:
        whole(database, dumped)
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(pg_tools, "restore", asked)
    assert main(["backup", "--database", county_database, "--out", str(tmp_path)]) == 1
    assert backups.STOPPED in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    with connect(county_database) as connection:
        assert beside.left_over(connection) == ()
        assert backups.newest(connection, COUNTY) is None


def test_a_backup_of_a_newer_release_is_refused_before_anything_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [*backup_files.schemas(), "9999_next"]

    def never(*_: object) -> None:
        raise AssertionError("nothing is restored")

    monkeypatch.setattr(pg_tools, "restore", never)
    for told in ({"steps": steps}, {"v": backup_files.FORMAT + 1}):
        with pytest.raises(NewerFile, match="先装新版"):
            restoring.put_back(house.database, repacked(house.file, **told), AT)
    assert house.is_untouched()


def test_a_backup_that_names_no_steps_and_is_newer_moves_nothing(
    county_database: str, tmp_path: Path
) -> None:
    with psycopg.connect(county_database, autocommit=True) as connection:
        connection.execute("INSERT INTO migration (name) VALUES ('9999_next')")
    house = House(county_database, tmp_path)
    with psycopg.connect(county_database, autocommit=True) as connection:
        connection.execute("DELETE FROM migration WHERE name = '9999_next'")
    with pytest.raises(NewerFile, match="现有的资料没有动"):
        restoring.put_back(house.database, repacked(house.file, steps=[]), AT)
    assert house.is_untouched()


def test_a_database_that_is_away_is_said_to_be_by_restore(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", "--database", "postgresql://127.0.0.1:9/none", str(house.file)]) == 1
    assert "连不上县里的数据库" in capsys.readouterr().err


def test_both_names_are_changed_or_neither(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with psycopg.connect(house.database) as connection:
        name = connection.info.dbname
    with pytest.raises(StorageFault):
        beside.swap(house.database, name, AT)  # nothing is coming
    assert "3D000" in caplog.text  # no such database
    caplog.clear()
    assert house.is_untouched()


def test_a_change_of_names_whose_answer_is_lost_is_looked_up(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = beside._rename

    def unheard(*arguments: object) -> None:
        whole(*arguments)  # type: ignore[arg-type]  # as they came
        raise psycopg.OperationalError("the line is gone")

    monkeypatch.setattr(beside, "_rename", unheard)
    assert restoring.put_back(house.database, house.file, AT).aside in house.aside()
    assert house.lives() == 2
    caplog.clear()


def test_two_restores_at_once_do_not_meet(house: House) -> None:
    with psycopg.connect(house.database) as connection:
        coming = beside.coming_name(connection.info.dbname)
    server = pg_tools.beside(house.database, beside.SERVER)
    with beside.made(house.database, server, coming, ""), pytest.raises(UserError, match="另一个恢复正在做"):
        restoring.put_back(house.database, house.file, AT)


def test_a_backup_that_is_away_or_may_not_be_read_is_not_called_broken(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong, words in ((tmp_path / "typo", r"没有 .*typo 这个文件"), (tmp_path, "是文件夹")):
        with pytest.raises(UserError, match=words):
            restoring.put_back(house.database, wrong, AT)

    def shut(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched, pytest.raises(UserError, match="不让读"):
        patched.setattr(Path, "open", shut)
        restoring.put_back(house.database, house.file, AT)
    assert house.is_untouched()


def test_a_full_temporary_folder_is_not_called_a_broken_backup(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / backup_files.DUMP).symlink_to("/dev/full")

    @contextmanager
    def there(_: Path) -> Iterator[Path]:
        yield full

    monkeypatch.setattr(scratch, "folder_in", there)
    with pytest.raises(StorageFault, match=r"临时文件夹 .*满了"):
        restoring.put_back(house.database, house.file, AT)
    assert house.is_untouched()


def test_who_owns_the_county_and_may_make_databases_is_no_superuser(
    county_cluster: EmbeddedDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE keeper LOGIN")
        connection.execute("GRANT shoufangtong TO keeper")
        connection.execute("CREATE DATABASE kept OWNER keeper")
    database = county_cluster.url_of("kept").replace("postgres:@", "keeper@")
    migrate(database)
    with connect(database) as connection:
        county.found(connection, COUNTY, "模拟县", AT)
    backup = ("backup", "--database", database, "--out", str(tmp_path))
    assert main(backup) == 1
    assert "CREATEDB" in capsys.readouterr().err
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("ALTER ROLE keeper CREATEDB")
    assert main(backup) == 0
    (file,) = tmp_path.iterdir()
    aside = restoring.put_back(database, file, AT).aside
    with connect(database) as connection:
        assert [one.name for one in beside.left_over(connection)] == [aside]
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("ALTER ROLE keeper NOCREATEDB")
    with pytest.raises(UserError, match="CREATEDB"):
        restoring.put_back(database, file, AT)
