"""A backup counts when it has been restored and compared, and a restore loses nothing anybody still has."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.domain.problem import StorageFault, UserError
from sync.server import backup_files, backups, census, county, pg_tools, query, restoring
from sync.server.__main__ import main
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk


def standing(served: County) -> county.Standing:
    with connect(served.database) as connection:
        return county.standing(connection, COUNTY)


def databases(served: County) -> set[str]:
    with psycopg.connect(served.database) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def elsewhere(county_cluster: EmbeddedDatabase) -> Iterator[str]:
    """An empty database, as on a new machine."""
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS elsewhere")
        connection.execute("CREATE DATABASE elsewhere")
    yield county_cluster.url_of("elsewhere")
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'elsewhere%'"
        ).fetchall():
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def test_a_proven_backup_makes_its_numbers_durable_and_leaves_nothing_behind(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    desk.sync()
    assert main(["backup", "--database", county_server.database, "--out", str(tmp_path)]) == 0
    assert "一行不差" in capsys.readouterr().out
    assert (standing(county_server).last, standing(county_server).durable) == (1, 1)
    assert not any(name.startswith("sft_proof") for name in databases(county_server))
    (file,) = tmp_path.glob("*.sftcounty")
    assert file.stat().st_mode & 0o077 == 0
    desk.new(door="2号")
    desk.sync()
    assert standing(county_server).durable == 1, "what came after it is not in it"


def test_a_backup_put_back_elsewhere_holds_the_same_and_the_rest_comes_by_itself(
    county_server: County, elsewhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(county_server)
    kept = desk.new(door="1号")
    desk.sync()
    file = backups.make(county_server.database, tmp_path, AT).file
    lost = desk.new(door="2号")
    desk.sync()
    assert main(["restore", "--database", elsewhere, str(file)]) == 0
    assert "不用人管" in capsys.readouterr().out
    county_server.running.stop()
    county_server.database = elsewhere
    county_server.restart()
    desk.sync()
    with connect(elsewhere) as connection:
        found = {row.record for row in query.bodies(connection, COUNTY, "household")}
    assert found == {kept, lost}
    assert standing(county_server).durable == 1
    assert main(["restore", "--database", elsewhere, str(file)]) == 1
    assert "服务还开着" in capsys.readouterr().err
    county_server.running.stop()
    assert main(["restore", "--database", elsewhere, str(file)]) == 0
    assert any(name.startswith("elsewhere_2") for name in databases(county_server)), "kept aside"
    county_server.restart()
    desk.sync()
    with connect(elsewhere) as connection:
        assert {row.record for row in query.bodies(connection, COUNTY, "household")} == found


def test_a_backup_that_proves_wrong_does_not_count(
    county_server: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(county_server)
    desk.new(door="1号")
    desk.sync()
    whole = pg_tools.restore

    def half(database: str, dumped: Path) -> None:
        whole(database, dumped)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute('UPDATE record SET body = \'{"door": "8号"}\'')

    monkeypatch.setattr(pg_tools, "restore", half)
    with pytest.raises(StorageFault, match="对不上"):
        backups.make(county_server.database, tmp_path, AT)
    assert (standing(county_server).durable, list(tmp_path.iterdir())) == (0, [])
    assert not any(name.startswith("sft_proof") for name in databases(county_server))


def test_a_file_that_is_no_backup_or_was_changed_touches_nothing(
    county_server: County, elsewhere: str, tmp_path: Path
) -> None:
    file = backups.make(county_server.database, tmp_path, AT).file
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[backup_files.DUMP] = parts[backup_files.DUMP][:-1] + b"?"
    other = tmp_path / "other.sftcounty"
    with zipfile.ZipFile(other, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    (tmp_path / "text.sftcounty").write_text("不是", encoding="utf-8")
    for wrong in (other, tmp_path / "text.sftcounty"):
        with pytest.raises(UserError, match="不是县里的备份"):
            restoring.put_back(elsewhere, wrong, AT)
    with psycopg.connect(elsewhere) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)


def test_the_census_tells_two_contents_of_one_size_apart(county_server: County) -> None:
    with connect(county_server.database) as connection:
        with connection.transaction():
            before = census.taken(connection)
        connection.execute("UPDATE village SET name = '别的村' WHERE village LIKE '%%201'")
        with connection.transaction():
            after = census.taken(connection)
    assert {name for name in before if before[name] != after[name]} == {"village"}


def test_a_backup_of_many_counties_has_a_name_that_fits(county_database: str, tmp_path: Path) -> None:
    with connect(county_database) as connection:
        for number in range(40):
            county.found(connection, f"43{number:04d}", f"县{number}", AT)
    made = backups.make(county_database, tmp_path, AT)
    assert made.file.name == "县资料-41个县-20261120-093000.sftcounty"
    assert len(made.upto) == 41
    assert [one.name for one in tmp_path.iterdir()] == [made.file.name]


def test_one_county_is_named_by_its_code(county_database: str, tmp_path: Path) -> None:
    file = backups.make(county_database, tmp_path, AT).file
    assert file.name == f"县资料-{COUNTY}-20261120-093000.sftcounty"


def test_a_file_given_as_the_folder_is_named_before_anything_is_dumped(
    county_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    for wrong in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["backup", "--database", county_database, "--out", str(wrong)]) == 1
        assert "不是文件夹" in capsys.readouterr().err
