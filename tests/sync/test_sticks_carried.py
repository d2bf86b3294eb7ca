"""Files on a real stick's folder: the clerk's command, the township's relay, and a stick pulled out."""

from __future__ import annotations

import builtins
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import StorageFault
from app.vault import parcel_files
from sync.client import __main__ as township
from sync.protocol.bundle import DOWN_SUFFIX, UP_SUFFIX
from sync.server import __main__ as county_main
from tests.sync.county import County
from tests.sync.desk import Desk
from tests.sync.sticks import read_back, written
from tests.sync.test_exchange import held


def on_stick(desk: Desk, folder: Path) -> Path:
    """One file of a desk, written as the program writes it."""
    (made,) = written(desk)
    file = folder / parcel_files.FOLDER / f"{made.id}{UP_SUFFIX}"
    parcel_files.put(file, made.data)
    return file


def test_the_clerk_takes_a_whole_stick_and_bad_files_keep_no_good_one_out(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, theirs = Desk(county_server), Desk(county_server, worker="田大山")
    mine.new(group="茶园组", door="3号")
    theirs.new(group="茶园组", door="4号")
    files = [on_stick(mine, tmp_path), on_stick(theirs, tmp_path)]
    half = tmp_path / f"半个{UP_SUFFIX}"
    half.write_bytes(files[0].read_bytes()[:90])
    said = ["bundle", "import", str(tmp_path), "--database", county_server.database]
    assert county_main.main(said) == 1
    out = capsys.readouterr().out
    assert out.count("1 处改动") == 2
    assert "没收：半个.sftup。不是 U 盘送来的文件，或没拷全。" in out
    assert len(held(county_server)) == 2
    for desk, file in zip((mine, theirs), files, strict=True):
        read_back(desk, file.with_suffix(DOWN_SUFFIX).read_bytes())
        assert desk.ledger.waiting() == 0
    half.unlink()
    assert county_main.main(said) == 0  # again, and nothing is there twice
    assert len(held(county_server)) == 2


def test_an_empty_stick_is_said_so(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ["bundle", "import", str(tmp_path), "--database", county_server.database]
    assert county_main.main(said) == 1
    assert "这里没有 U 盘送来的文件" in capsys.readouterr().out


def test_a_township_computer_carries_it_on_without_any_key(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = Desk(county_server)
    house = mine.new(group="茶园组", door="3号")
    file = on_stick(mine, tmp_path)
    (tmp_path / f"坏的{UP_SUFFIX}").write_bytes(b"SFTSTIK1 and nothing more")
    said = ["relay", "--server", county_server.url, str(tmp_path)]
    assert township.main(said) == 1
    assert f"{file.name}：送到了" in capsys.readouterr().out
    assert house in held(county_server)
    assert read_back(mine, file.with_suffix(DOWN_SUFFIX).read_bytes()).receipts == 1
    (tmp_path / f"坏的{UP_SUFFIX}").unlink()
    assert township.main(said) == 0


def test_without_a_line_the_township_is_told_and_the_stick_stays_as_it_was(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = on_stick(Desk(county_server), tmp_path)
    county_server.running.stop()
    assert township.main(["relay", "--server", county_server.url, str(tmp_path)]) == 1
    assert "没有网" in capsys.readouterr().err
    assert [one.name for one in file.parent.iterdir()] == [file.name]


STEPS = ("open", "fdopen", "fsync", "replace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EIO, "拔掉了"), (errno.ENODEV, "拔掉了"), (errno.ENOSPC, "满了"), (errno.EROFS, "不让写")],
)
def test_a_stick_that_fails_at_any_step_leaves_no_file_that_could_be_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, words: str
) -> None:
    file = tmp_path / f"a{UP_SUFFIX}"
    parcel_files.put(file, b"before")
    with monkeypatch.context() as patched:
        patched.setattr(parcel_files.os, step, _failing(code))
        with pytest.raises(StorageFault, match=words):
            parcel_files.put(file, b"after" * 100_000)
    assert parcel_files.found([tmp_path], UP_SUFFIX) == (file,)
    assert file.read_bytes() == b"before"
    parcel_files.put(file, b"after")
    assert file.read_bytes() == b"after"


def test_a_stick_that_gives_back_something_else_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"something else")
    with pytest.raises(StorageFault, match="坏了"):
        parcel_files.put(tmp_path / f"a{UP_SUFFIX}", b"what was written")
    assert parcel_files.found([tmp_path], UP_SUFFIX) == ()


def test_a_stick_cut_off_in_the_middle_of_a_write_keeps_only_a_beginning_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(descriptor: int, *more: Any) -> Any:
        os.write(descriptor, b"begin")
        raise OSError(errno.EIO, "pulled out")

    monkeypatch.setattr(parcel_files.os, "fdopen", cut)
    monkeypatch.setattr(Path, "unlink", _failing(errno.EIO))  # nothing can be tidied on what is gone
    with pytest.raises(StorageFault, match="拔掉了"):
        parcel_files.put(tmp_path / f"a{UP_SUFFIX}", b"whole")
    assert [one.name for one in tmp_path.iterdir()] == [f"a{UP_SUFFIX}{parcel_files.COMING}"]
    assert parcel_files.found([tmp_path], UP_SUFFIX) == ()


def _failing(code: int) -> Callable[..., Any]:
    def fail(*_given: Any, **_named: Any) -> Any:
        raise builtins.OSError(code, "the stick")

    return fail
