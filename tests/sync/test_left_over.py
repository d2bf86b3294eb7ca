"""What a killed backup or a restore leaves in plain is found, said, and swept when nobody works on it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from sync.server import backup_files, backups, beside, county, doctor, lives, pg_tools, restoring, scratch
from sync.server.__main__ import main
from sync.server.beside import Kind
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate
from tests.sync.county import AT, COUNTY

ROOT = Path(__file__).resolve().parents[2]
# A command whose pg_restore does its work, and which is killed then.
KILLED = """
import os, signal, sys
from sync.server import pg_tools
from sync.server.__main__ import main
whole = pg_tools.restore
def restore(*arguments):
    whole(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
pg_tools.restore = restore
main(sys.argv[1:])
"""


def said(database: str) -> list[doctor.Finding]:
    with connect(database) as connection:
        return list(doctor.look(connection, AT))


def name_of(database: str) -> str:
    with psycopg.connect(database) as connection:
        return connection.info.dbname


def killed(*words: str) -> None:
    """Run a command of the clerk's that is killed on its way."""
    done = subprocess.run([sys.executable, "-c", KILLED, *words], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no lock there ends with its program")
def test_what_a_killed_backup_left_is_said_and_goes_with_the_next(
    county_database: str, tmp_path: Path
) -> None:
    words = ["backup", "--database", county_database, "--out", str(tmp_path)]
    killed(*words)
    (left,) = tmp_path.iterdir()
    assert (left / backup_files.DUMP).stat().st_size
    assert left.stat().st_mode & 0o077 == 0, "nobody else may look in"
    with connect(county_database) as connection:
        (proof,) = beside.left_over(connection)
    assert (proof.kind, proof.since is None, bool(proof.bytes)) == (Kind.PROOF, False, True)
    assert any(one.bad and proof.name in one.words and "backup" in one.words for one in said(county_database))
    assert main(words) == 0
    assert [one.suffix for one in tmp_path.iterdir()] == [backup_files.SUFFIX]
    with connect(county_database) as connection:
        assert beside.left_over(connection) == ()


def test_what_another_backup_works_on_is_left_to_it(county_database: str, tmp_path: Path) -> None:
    name = beside.proof_name(AT)
    made = beside.made(county_database, county_database, name, "")
    with made as proof, scratch.folder_in(tmp_path) as mine:
        with connect(county_database) as connection:
            assert beside.left_over(connection) == ()
        backups.make(county_database, tmp_path, AT)
        assert name_of(proof) == name
        assert mine.is_dir()


def test_a_restore_that_was_killed_has_touched_nothing_and_is_swept(
    county_database: str, tmp_path: Path
) -> None:
    file = backups.make(county_database, tmp_path, AT).file
    killed("restore", "--database", county_database, str(file))
    coming = beside.coming_name(name_of(county_database))
    assert any(one.bad and coming in one.words and "restore" in one.words for one in said(county_database))
    with connect(county_database) as connection:
        assert len(lives.of(connection, COUNTY)) == 1
        assert county.name_of(connection, COUNTY) == "模拟县"
    backups.make(county_database, tmp_path, AT)
    assert not any(coming in one.words for one in said(county_database))


def test_what_a_restore_put_aside_stays_and_is_said_with_its_age(
    county_database: str, tmp_path: Path
) -> None:
    file = backups.make(county_database, tmp_path, AT).file
    aside = restoring.put_back(county_database, file, AT - timedelta(days=12)).aside
    assert aside is not None
    try:
        backups.make(county_database, tmp_path, AT)
        (told,) = [one for one in said(county_database) if aside in one.words]
        assert not told.bad
        assert "12 天了" in told.words
        assert "restore-forget" in told.words
    finally:
        beside.drop(county_database, aside)


def test_only_what_a_restore_put_aside_can_be_dropped(
    county_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = backups.make(county_database, tmp_path, AT).file
    aside = restoring.put_back(county_database, file, AT).aside
    assert aside is not None
    words = ["restore-forget", "--database", county_database]
    for wrong in (name_of(county_database), "postgres", f"{aside}_2"):
        assert main([*words, wrong]) == 1
        assert "什么也没删" in capsys.readouterr().err
    with psycopg.connect(pg_tools.beside(county_database, aside)):
        assert main([*words, aside]) == 1
        assert "先关了它" in capsys.readouterr().err
    assert main([*words, aside]) == 0
    assert not any(aside in one.words for one in said(county_database))


def test_only_what_an_earlier_release_left_is_swept_under_its_name(tmp_path: Path) -> None:
    for name, inside in (("sft-county-a", "county.dump"), ("sft-county-b", "postgres")):
        (tmp_path / name).mkdir()
        (tmp_path / name / inside).write_text("")
    scratch.sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["sft-county-b"]


def test_a_database_without_a_county_is_not_well(
    county_cluster: EmbeddedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE no_county")
    database = county_cluster.url_of("no_county")
    migrate(database)
    assert main(["doctor", "--database", database]) == 1
    assert "一个县也没有" in capsys.readouterr().out
