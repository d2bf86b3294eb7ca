"""Whatever a clerk types or forgets, she is told in words what is wrong: no traceback, and no good news."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sync.server import county
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.sync.county import COUNTY, TEA

ROOT = Path(__file__).resolve().parents[2]
UTF8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
NOWHERE = "439999"
CODES = [
    ("chain", "--county"), ("photos", "sweep", "--blobs", "x", "--county"), ("photos", "holds", "--county"),
    ("quarantine", "list", "--county"), ("quarantine", "release", "--seq", "1", "--by", "x", "--county"),
    ("devices", "--county"), ("workers", "--county"), ("tasks", "--county"), ("exports", "--county"),
    ("terms", "--county"), ("recall", "--campaign", "x", "--county"), ("lost", "--worker", "x", "--county"),
    ("revoke", "--worker", "x", "--county"), ("assign", "--worker", "x", "--county"),
    ("alarm-close", "--kind", "fork", "--county"), ("restore-finish", "--county"),
    ("export", "--type", "person", "--out", "x.xlsx", "--county"),
    ("dispatch", "--campaign", "x", "--purpose", "VP16", "--due", "2099-01-01", "--all", "--county"),
]  # fmt: skip


@pytest.mark.parametrize("command", CODES, ids=lambda command: " ".join(command[:2]))
def test_a_county_that_was_never_entered_is_told_by_every_command(
    county_database: str, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert main([*command, NOWHERE, "--database", county_database]) == 1
    told = capsys.readouterr()
    assert f"还没有建 {NOWHERE} 这个县" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        *((command, "县的代码是 6 位数字") for command in CODES if command[0] != "restore-finish"),
        (("move", "--household", "x", "--village"), "村的代码是 12 位数字"),
        (("enrol", "--worker", "x", "--village"), "村的代码是 12 位数字"),
        (("assign", "--county", COUNTY, "--worker", "x", "--take"), "村的代码是 12 位数字"),
    ],
    ids=lambda one: " ".join(one[:2]) if isinstance(one, tuple) else "",
)
def test_what_is_no_code_is_told_before_anything_is_asked(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit) as wrong:
        main([*command, "abc", "--database", "postgresql://127.0.0.1:9/none"])
    assert wrong.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("serve", "--port", "99999"), "--port 写"),
        (("enrol", "--village", TEA, "--worker", "甲", "--days", "99999999999"), "登记码管 1 到 14 天"),
        (
            ("escrow-answer", "missing", "--key", "k", "--officer", "a", "--why", "b", "--out", "o"),
            "读写「missing」没成",
        ),
        (("terms", "--county", COUNTY, "--by", "x", "--lease-days", "9" * 30), ""),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_what_cannot_be_done_is_told_in_words(
    county_database: str, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], said: str
) -> None:
    assert main([*command, "--database", county_database]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", [("escrow-key",), ("pack", "key")], ids=lambda command: command[0])
def test_a_passphrase_that_nobody_can_type_is_told(
    county_database: str, tmp_path: Path, command: tuple[str, ...]
) -> None:
    asked = [*command, "--county", COUNTY, "--out", str(tmp_path / "key"), "--database", county_database]
    done = subprocess.run(
        [sys.executable, "-m", "sync.server", *asked],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
        start_new_session=True, env=UTF8,
    )  # fmt: skip
    assert done.returncode == 1
    assert "没有地方打字" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no signal reaches one program there")
def test_ctrl_c_ends_a_command_with_a_word(county_database: str) -> None:
    command = [
        sys.executable,
        "-m",
        "sync.server",
        "chain",
        "--county",
        COUNTY,
        "--database",
        county_database,
    ]
    with connect(county_database) as connection, connection.transaction():
        county.lock(connection, COUNTY)
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, env=UTF8) as program:
            until = time.monotonic() + 60
            while not connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                if program.poll() is not None or time.monotonic() > until:
                    break
                time.sleep(0.05)
            program.send_signal(signal.SIGINT)
            told = program.communicate(timeout=60)[1].decode()
    assert program.returncode == 1
    assert "停下了" in told
    assert "Traceback" not in told
