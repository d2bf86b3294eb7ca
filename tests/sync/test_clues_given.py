"""Lists of clues: taken in whole or not at all, once however often, in the right village at the next sync."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.people.identity import check_character
from sync.server import running
from sync.server.__main__ import main
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk

HEAD = ("所在村", "姓名", "公民身份号码", "疑点", "情况说明", "人数", "住址", "联系电话", "序号")
KNOWN, STRANGER = (first + check_character(first) for first in ("43990119551203301", "43990119400307002"))
WRONG = STRANGER[:-1] + ("1" if STRANGER[-1] != "1" else "2")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "now", lambda: AT)


@pytest.fixture
def here(county_server: County) -> County:
    return county_server


def table(folder: Path, *rows: tuple[object, ...], name: str = "医保局11月大病.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026 年 11 月比对结果"])
    for row in (HEAD, *rows):
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def run(here: County, *arguments: object) -> int:
    command, *rest = map(str, arguments)
    return main([command, *rest, "--database", here.database, "--county", COUNTY])


def clues(desk: Desk) -> dict[str, dict[str, object]]:
    return {str(row["name"]): dict(row) for _, row in _records(desk)}


def on_the_roll(desk: Desk, village: str = TEA) -> str:
    home = desk.new(village=village, group="老屋组", door="3号")
    desk.new("person", village, household=home, name="田大山", id_number=KNOWN, relation="head")
    desk.sync()
    return home


def test_a_list_reaches_the_villages_it_speaks_of(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tea, bridge = Desk(here), Desk(here, BRIDGE, worker="杨桂英")
    home = on_the_roll(tea)
    file = table(
        tmp_path,
        ("", "田大山", KNOWN, "大病", "住院自付 38000 元", 2, "", "", 1),
        (BRIDGE, "向福来", STRANGER, "失业", "", "", "新屋组 8号", "15400002207", 2),
    )
    assert run(here, "import-clues", file, "--dry-run") == 0
    assert "只查了一遍" in capsys.readouterr().out
    assert clues(tea) == clues(bridge) == {}
    assert run(here, "import-clues", file) == 0
    told = capsys.readouterr().out
    assert "茶园村 1 条，石桥村 1 条" in told
    assert "发了 2 条" in told
    assert "序号" in told
    (mine,) = clues(tea).values()
    assert (mine["household"], mine["signal"], mine["people"]) == (home, "illness", 2)
    assert (mine["given_by"], mine["source"], mine["words"]) == (
        "医保局11月大病",
        "compare",
        "住院自付 38000 元",
    )
    (hers,) = clues(bridge).values()
    assert (hers.get("household"), hers["signal"]) == (None, "jobless")
    assert hers["words"] == "没了工作（新屋组 8号，电话 15400002207，身份证尾号 " + STRANGER[-4:] + "）"
    assert STRANGER not in str(hers)


def test_the_same_list_twice_makes_nothing_twice_and_undoes_no_work(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(here)
    on_the_roll(desk)
    file = table(tmp_path, ("茶园村", "田大山", KNOWN, "重病", "", "", "", "", 1))
    assert run(here, "import-clues", file) == 0
    ((record, _),) = _records(desk)
    desk.edit(record, "clue", step="verified", checked_on="2026-11-20")
    desk.sync()
    monkeypatch.setattr(running, "now", lambda: datetime.fromisoformat("2026-11-25T08:00:00+08:00"))
    capsys.readouterr()
    assert run(here, "import-clues", file) == 0
    assert "发了 0 条，以前发过的 1 条没有动" in capsys.readouterr().out
    ((again, body),) = _records(desk)
    assert (again, body["step"]) == (record, "verified")


def test_one_wrong_row_keeps_the_whole_list_out_and_every_fault_is_said(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(here)
    on_the_roll(desk)
    file = table(
        tmp_path,
        ("茶园村", "田大山", KNOWN, "重病", "", "", "", "", 1),
        ("没有的村", "向福来", "", "重病", "", "", "", "", 2),
        ("石桥村", "田大山", KNOWN, "重病", "", "", "", "", 3),
        ("茶园村", "向福来", WRONG, "重病", "", "", "", "", 4),
        ("茶园村", "", "", "怪事", "", "一百", "", "", 5),
        ("", "向福来", "", "重病", "", "", "", "", 6),
    )
    assert run(here, "import-clues", file) == 1
    told = capsys.readouterr().err
    for said in (
        "第 4 行「村」：县里没有「没有的村」",
        "第 5 行「村」：这个人在茶园村的名册上",
        "第 6 行「身份证号」：最后一位对不上",
        "第 7 行「姓名」：没写是谁",
        "第 7 行「线索」：不认识「怪事」",
        "第 7 行「人数」",
        "第 8 行「村」：没写哪个村",
        "一条也没有发",
    ):
        assert said in told
    assert clues(desk) == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_of_any_spreadsheet_program_is_read(here: County, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "失业登记.csv"
    lines = ("村,姓名,说明,日期", '茶园村,向福来,"停缴社保, 两个月",2026-11-01', ",,,", "茶园村,彭冬秀,,")
    file.write_bytes("\r\n".join(lines).encode(encoding))
    assert (
        run(here, "import-clues", file, "--signal", "jobless", "--from", "人社局", "--on", "2026-11-10") == 0
    )
    found = clues(Desk(here))
    assert found["向福来"]["words"] == "停缴社保, 两个月"
    assert {name: row["found_on"] for name, row in found.items()} == {
        "向福来": "2026-11-01",
        "彭冬秀": "2026-11-10",
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.xlsx", b"not a table", "不是表格文件"),
        ("x.csv", "甲,乙\n1,2".encode(), "没找到表头"),
        ("x.csv", b"", "没找到表头"),
        ("x.csv", "村,姓名".encode(), "一行也没有"),
        ("x.csv", "村,姓名,姓名\n茶园村,a,b".encode(), "这一列有两个"),
        ("y.csv", None, "读不出来"),
    ],
)
def test_what_is_no_list_is_refused_in_words(
    here: County,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert run(here, "import-clues", file) == 1
    assert said in capsys.readouterr().err


def test_a_row_twice_and_a_clue_still_open_are_said(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on_the_roll(Desk(here))
    row = ("", "田大山", KNOWN, "重病", "", "", "", "", 1)
    assert run(here, "import-clues", table(tmp_path, row, row)) == 0
    assert "第 4 行：和第 3 行一样" in capsys.readouterr().err
    assert run(here, "import-clues", table(tmp_path, row, name="医保局12月.xlsx")) == 0
    told = capsys.readouterr()
    assert "还没办完" in told.err
    assert "发了 1 条" in told.out


def test_doctor_says_what_nobody_has_gone_to_see(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_roll(Desk(here))
    assert run(here, "import-clues", table(tmp_path, ("", "田大山", KNOWN, "重病", "", "", "", "", 1))) == 0
    main(["doctor", "--database", here.database])
    assert "还没上门看" not in capsys.readouterr().out
    monkeypatch.setattr(running, "now", lambda: datetime.fromisoformat("2026-12-01T08:00:00+08:00"))
    main(["doctor", "--database", here.database])
    assert "1 条县里发的线索，7 天了还没上门看" in capsys.readouterr().out


def _records(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    desk.sync()
    return [(key, dict(body)) for key, body in desk.sees_all("clue").items()]
