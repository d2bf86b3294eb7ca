"""The support commands do one thing each, say it in words, and exit with 0, 1 or 2."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import packs
from app.__main__ import main
from app.actions.checklists import checklists
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.domain.icons import ICONS, THEMES
from app.domain.people.household import Household
from app.paths import Paths
from app.tables import roster_out
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from tests.desks import DEVICE, Clock
from tests.facts import GRANNY, household, person
from tests.policy import COUNTY
from tests.unit.documents.pages import words

PASSPHRASE = "guyu qian zhongwan douzi"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """An enrolled laptop; the passphrase is typed when it is asked for."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    paths = Paths(tmp_path / "laptop")
    Gate(paths, Clock(), cost=Cost(1, FLOOR_MEMORY_KIB)).create(PASSPHRASE, DEVICE)
    return paths


def work(paths: Paths):  # type: ignore[no-untyped-def]  # a desk, closed by the caller
    return open_desk(Gate(paths, Clock()).unlock("w-xiang", PASSPHRASE), paths, Clock())


def run(paths: Paths, *arguments: str) -> int:
    return main([*arguments, "--home", str(paths.root)])


def test_a_sound_store_is_called_sound(home: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "verify") == 0
    heard = capsys.readouterr()
    assert "资料完好" in heard.out
    assert "操作记录最后一行的校验码：" in heard.out
    assert heard.err.splitlines()[0] == "第 1 样，共 8 样：每一页"
    assert heard.err.splitlines()[-1] == "第 8 样，共 8 样：钥匙文件"


def test_what_verify_finds_is_said_with_what_to_do(home: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    home.keys.with_name("keys.json.copy").unlink()
    assert run(home, "verify") == 1
    said = capsys.readouterr().out
    assert "钥匙文件的副本坏了或不见了。资料没有动。在「设置」里换一次口令，两份就都好了。" in said
    assert "资料完好" not in said


def test_a_wrong_passphrase_opens_nothing(
    home: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "不是这个口令呀")
    assert run(home, "verify") == 1
    assert "口令不对，资料没有动" in capsys.readouterr().err


def test_a_computer_without_data_is_told_where_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", "--home", str(tmp_path)]) == 1
    assert "先打开首访通，跟县里登记" in capsys.readouterr().err


def test_a_damaged_store_is_said_in_words(home: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    home.store.write_bytes(bytes(64_000))
    assert run(home, "verify") == 1
    assert capsys.readouterr().err.strip()


def test_a_roster_comes_in_once(home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "roster.xlsx"
    sheet.write_bytes(roster_out.write((household(),), (person(),), simulated=True))
    assert run(home, "import", str(sheet)) == 0
    assert "导进来 1 户 1 人" in capsys.readouterr().out
    desk = work(home)
    assert len(tuple(desk.store.reading.each(Household))) == 1
    close_desk(desk)


def test_what_is_no_roster_changes_nothing(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "photo.xlsx"
    wrong.write_bytes(b"\xff\xd8\xff not a sheet")
    assert run(home, "import", str(wrong)) == 1
    assert capsys.readouterr().err.strip()


def test_a_checklist_is_saved_by_the_number_read_over_the_phone(
    home: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = work(home)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    made = checklists.begin(desk, "DB", applicant=GRANNY)
    close_desk(desk)
    out = tmp_path / "清单.pdf"
    assert run(home, "checklist", made.code.lower(), "--out", str(out)) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert run(home, "checklist", "ZZZZZZ", "--out", str(tmp_path / "no.pdf")) == 1
    assert "没有编号 ZZZZZZ 的清单" in capsys.readouterr().err
    assert not (tmp_path / "no.pdf").exists()


@pytest.mark.parametrize(("last_day", "draft"), [("2099-12-31", False), ("2020-12-31", True)])
def test_a_list_from_an_expired_pack_is_a_draft(
    home: Paths, tmp_path: Path, last_day: str, draft: bool
) -> None:
    shutil.copytree(COUNTY, home.packs / "yunling")
    manifest = home.packs / "yunling" / "pack.toml"
    manifest.write_text(f"valid_to = {last_day}\n{manifest.read_text(encoding='utf-8')}", encoding="utf-8")
    desk = work(home)
    with desk.unit("roster") as unit:
        unit.save(household())
        unit.save(person())
    made = checklists.begin(desk, "GL", applicant=GRANNY)
    close_desk(desk)
    out = tmp_path / "清单.pdf"
    assert run(home, "checklist", made.code, "--out", str(out)) == 0
    assert ("草稿" in words(out.read_bytes(), 0)) is draft


def test_a_worker_who_is_not_here_is_not_taken_for_another(
    home: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "verify", "--worker", "田大山") == 1
    assert "没有田大山。有：向海燕" in capsys.readouterr().err


def test_the_shipped_pack_has_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(packs.reference())]) == 0
    assert "没有毛病" in capsys.readouterr().out


def test_a_broken_pack_is_told_place_by_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "pack"
    shutil.copytree(packs.reference(), broken)
    (broken / "standards.toml").write_text('[[standard]]\nkind = "ZZ"\n', encoding="utf-8")
    assert main(["pack", "check", str(broken)]) == 1
    assert "处要改" in capsys.readouterr().out


def test_all_pictograms_are_put_on_paper_by_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "图示.pdf"
    assert main(["pictograms", "--out", str(out)]) == 0
    assert f"{len(ICONS)} 个图示存好了" in capsys.readouterr().out
    first = words(out.read_bytes(), 0)
    assert first.index(THEMES[0].title) < first.index("身份证（人像面）") < first.index("hukou")


def test_a_sheet_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["pictograms", "--out", str(tmp_path / "file" / "图示.pdf")]) == 1
    assert capsys.readouterr().err.strip()


def test_a_command_that_does_not_exist_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["fly"])
    assert stopped.value.code == 2
