"""`python -m app salvage` makes a data folder that opens, and says what it could not save."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from app.actions.entry import keys, rotation
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.domain.people.household import Household
from app.domain.roles import Role
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import HOME, household, person, visit

WORDS, HERS = "guyu qian zhongwan douzi", "shui kai de lanzhou"
PAGE = 4096


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """An enrolled laptop with a household, and something of the county's beside the store."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: WORDS)
    paths = Paths(tmp_path / "laptop")
    gate = Gate(paths, Clock(), cost=Cost(1, FLOOR_MEMORY_KIB))
    gate.create(WORDS, DEVICE)
    desk = open_desk(gate.unlock("w-xiang", WORDS), paths, Clock())
    with desk.unit("roster") as unit:
        for one in (household(), person(), visit()):
            unit.save(one)
    close_desk(desk)
    paths.packs.mkdir()
    (paths.packs / "note.txt").write_text("县里的", encoding="utf-8")
    return paths


def destroy(paths: Paths, *numbers: int) -> None:
    raw = bytearray(paths.store.read_bytes())
    for number in numbers:
        raw[(number - 1) * PAGE : number * PAGE] = b"\x5a" * PAGE
    paths.store.write_bytes(raw)


def run(paths: Paths, out: Path, *more: str) -> int:
    return main(["salvage", "--home", str(paths.root), "--out", str(out), *more])


def opens(folder: Path, worker: str = "w-xiang", words: str = WORDS) -> None:
    paths = Paths(folder)
    desk = open_desk(Gate(paths, Clock()).unlock(worker, words), paths, Clock())
    assert desk.store.reading.get(Household, HOME) == household()
    assert desk.store.audit.lines()[-2].verb == "salvage"
    close_desk(desk)


def test_a_store_without_its_first_page_opens_again(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    destroy(home, 1)
    assert main(["verify", "--home", str(home.root)]) == 1
    assert run(home, tmp_path / "out") == 0
    said = capsys.readouterr().out
    assert "都救回来了" in said
    assert "SHOUFANGTONG_HOME" in said
    opens(tmp_path / "out")
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert made == {"shoufangtong.db", "keys.json", "keys.json.copy", "packs/note.txt"}


def test_what_is_lost_is_listed_and_the_exit_code_says_so(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit, store = 27, home.store.read_bytes()
    destroy(home, audit)
    assert run(home, tmp_path / "out") == 1
    assert "操作记录" in capsys.readouterr().out
    opens(tmp_path / "out")
    assert len(home.store.read_bytes()) == len(store)


def test_a_wrong_passphrase_is_counted_and_saves_nothing(
    home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "bu shi zhege kouling")
    assert run(home, tmp_path / "out") == 1
    assert "还能试 4 次" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_is_left_alone(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, home.root) == 1
    assert "已经有东西" in capsys.readouterr().err
    assert run(home, tmp_path / "out", "--worker", "没有的人") == 1
    assert "没有没有的人" in capsys.readouterr().err


def test_a_change_of_key_that_was_cut_short_is_no_hindrance(
    home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(home, Clock(), cost=Cost(1, FLOOR_MEMORY_KIB))
    opened = gate.unlock("w-xiang", WORDS)
    keys.let_in(gate, opened, "w-tian", "田干部", Role.OFFICER, HERS)

    def power_cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rotation, "replace_whole", power_cut)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(gate, opened)
    monkeypatch.undo()
    monkeypatch.setattr("getpass.getpass", lambda _prompt: HERS)
    before = home.keys.read_bytes()
    destroy(home, 1)
    assert run(home, tmp_path / "out", "--worker", "田干部") == 0
    assert home.keys.read_bytes() == before
    opens(tmp_path / "out")
