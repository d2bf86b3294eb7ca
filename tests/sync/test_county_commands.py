"""The clerk's side: a county in a folder, its commands, its schema, and a log nobody can rewrite."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.domain.problem import NewerFile, StorageFault
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.server import county, postgres
from sync.server.__main__ import main
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import connect, migrate
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sft-county-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that succeeds prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_a_county_is_set_up_and_asked_by_commands(
    county_cluster: EmbeddedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE by_commands")
    where = ("--database", county_cluster.url_of("by_commands"))
    assert "0001_county" in said(capsys, "init", *where, "--county", COUNTY, "--name", "模拟县")
    assert said(capsys, "migrate", *where) == ""
    said(capsys, "village", *where, "--code", TEA, "--name", "茶园村")
    assert "只能用一次" in said(capsys, "enrol", *where, "--village", TEA, "--worker", "向海燕")
    assert "还没有资料" in said(capsys, "holds", *where)
    (held,) = json.loads(said(capsys, "holds", *where, "--json"))
    assert (held["name"], held["records"], held["devices"]) == ("模拟县", {}, 0)
    with pytest.raises(SystemExit):
        main(["village", *where, "--code", "12", "--name", "x"])
    assert "12 位数字" in capsys.readouterr().err


def test_a_county_in_a_folder_serves_and_is_still_there_tomorrow(folder: Path) -> None:
    command = [sys.executable, "-m", "sync.server"]
    data = ["--data", str(folder)]
    assert main(["init", *data, "--county", COUNTY, "--name", "模拟县"]) == 0
    assert main(["village", *data, "--code", TEA, "--name", "茶园村"]) == 0
    serving = subprocess.Popen(
        [*command, "serve", *data, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert serving.stdout is not None
    with serving.stdout as lines:
        url = lines.readline().split("：")[1].split("（")[0]
        # A clerk works beside the running service, in the same folder.
        issued = subprocess.run(
            [*command, "enrol", *data, "--village", TEA, "--worker", "向海燕"],
            check=True,
            capture_output=True,
            text=True,
        )
        code = issued.stdout.split()[1]
        with Transport(url) as transport:
            assert enrol(transport, code, "村部电脑", at=AT).county_name == "模拟县"
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(20) == 0
    assert not (folder / "postgres" / "postmaster.pid").exists()
    with EmbeddedDatabase(folder) as database, connect(database.url) as connection:
        row = connection.execute("SELECT count(*) AS n FROM device").fetchone()
        assert row == {"n": 1}


def test_a_taken_port_is_named_with_the_way_out(
    county_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--database", county_database, "--port", str(port)]) == 1
    assert f"--port {port + 1}" in capsys.readouterr().err


def test_a_folder_that_cannot_hold_a_database_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("")
    assert main(["migrate", "--data", str(folder / "file")]) == 1
    assert str(folder / "file") in capsys.readouterr().err


def test_a_database_that_is_away_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--database", "postgresql://127.0.0.1:9/none"]) == 1
    assert "连不上县里的数据库" in capsys.readouterr().err


def test_a_database_where_nothing_is_set_up_says_what_to_run(
    county_cluster: EmbeddedDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["holds", "--database", county_cluster.url_of("postgres")]) == 1
    assert "先运行 init" in capsys.readouterr().err


def test_an_owner_who_is_no_superuser_is_enough(county_cluster: EmbeddedDatabase) -> None:
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE clerk LOGIN")
        connection.execute("GRANT shoufangtong TO clerk")
        connection.execute("CREATE DATABASE by_clerk OWNER clerk")
    url = county_cluster.url_of("by_clerk").replace("postgres:@", "clerk@")
    assert migrate(url)[0] == "0001_county"
    with connect(url) as connection:
        county.found(connection, COUNTY, "模拟县", AT)
        assert connection.execute("SELECT current_user AS me").fetchone() == {"me": "shoufangtong"}


def test_connections_that_died_are_replaced(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert desk.sync().sent == 1


def test_nobody_else_on_the_machine_may_open_the_database(county_cluster: EmbeddedDatabase) -> None:
    if sys.platform == "win32":
        pytest.skip("no socket there")
    (door,) = county_cluster.folder.glob(".s.PGSQL.*[0-9]")
    assert stat.S_IMODE(door.stat().st_mode) == 0o700
    assert stat.S_IMODE(county_cluster.folder.stat().st_mode) == 0o700


def test_a_newer_schema_is_left_untouched(county_database: str) -> None:
    assert migrate(county_database) == ()
    with psycopg.connect(county_database, autocommit=True) as connection:
        connection.execute("INSERT INTO migration (name) VALUES ('9999_future')")
    with pytest.raises(NewerFile, match="新版写的"):
        migrate(county_database)


def test_a_step_over_a_large_county_is_not_cut_short(
    county_cluster: EmbeddedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(county_cluster.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE large")
    step = "CREATE TABLE seen AS SELECT current_setting('statement_timeout') AS most"
    (tmp_path / "0001_look.sql").write_text(step, encoding="utf-8")
    monkeypatch.setattr(postgres, "STEPS", tmp_path)
    database = county_cluster.url_of("large")
    assert migrate(database) == ("0001_look",)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT most FROM seen").fetchone() == ("0",)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM op", "UPDATE op SET outcome = 'applied'", "TRUNCATE op", "DELETE FROM conflict"],
)
def test_the_program_cannot_rewrite_what_was_said(
    county_server: County, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    desk.sync()
    with pytest.raises(StorageFault), connect(county_server.database) as connection:
        connection.execute(statement)
    assert "42501" in caplog.text  # insufficient privilege
    caplog.clear()


def test_every_key_begins_with_the_county(county_database: str) -> None:
    with connect(county_database) as connection:
        rows = connection.execute(
            "SELECT c.relname AS name, a.attname AS first FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
            " WHERE i.indisprimary AND n.nspname = 'public'"
        ).fetchall()
    keys = {row["name"]: row["first"] for row in rows}
    assert keys.pop("migration") == "name"
    assert len(keys) >= 26
    assert set(keys.values()) == {"county"}
