"""Tables taken out of the county: titled, covered unless somebody answers for it, of any length."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import openpyxl
import psycopg
import pytest

from app.tables import streamed
from app.tables.streamed import Heading
from sync.protocol.policy import RULES
from sync.server import exports
from sync.server.__main__ import main
from sync.server.export_words import KINDS
from tests.sync.county import BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk

NUMBER = "439901195512033013"


@pytest.fixture
def here(county_server: County) -> County:
    desk = Desk(county_server, TEA, BRIDGE)
    home = desk.new(group="老屋组", door="3号", classes=["DB"], note="=1+1", record="home")
    desk.new(
        "person", household=home, name="田大山", sex="1", relation="02", id_number=NUMBER,
        birth="1955-12-03", phone="15400002207", severe_illness=True, record="man",
        benefits=[{"item": "DB", "monthly_fen": 45000}],
    )  # fmt: skip
    desk.edit(home, head="man")
    desk.new("household", BRIDGE, group="新屋组", record="other")
    desk.sync()
    return county_server


def export(here: County, folder: Path, *more: str, kind: str = "person", form: str = "xlsx") -> Path:
    file = folder / f"out.{form}"
    where = ("--database", here.database, "--county", COUNTY)
    assert main(["export", *where, "--type", kind, "--format", form, "--out", str(file), *more]) == 0
    return file


def read(file: Path) -> list[dict[str, str]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [
        dict(zip(map(str, head), ("" if one is None else one for one in row), strict=True)) for row in rows
    ]


def test_every_field_of_every_type_has_a_title() -> None:
    assert set(KINDS) == set(RULES)
    for kind in KINDS:
        titles = [head.title for head in exports.headings(kind)]
        assert len(titles) == len(set(titles)), kind


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_is_covered_unless_somebody_answers_for_it(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (row,) = read(export(here, tmp_path, form=form))
    assert (row["姓名"], row["身份证号"], row["出生日期"]) == ("田**", "4399**********3013", "1955")
    assert (row["电话"], row["与户主关系"], row["性别"], row["村"]) == (
        "154****2207",
        "（不显示）",
        "男",
        "茶园村",
    )
    assert (row["户主"], row["住处"], row["在享待遇"]) == ("田**", "老屋组", "（不显示）")
    whole = read(export(here, tmp_path, "--unmasked", "--by", "县民政局 李科长", "--why", "年审", form=form))[
        0
    ]
    assert (whole["姓名"], whole["身份证号"].strip(), whole["重病"]) == ("田大山", NUMBER, "是")
    assert (whole["户主"], whole["住处"], whole["与户主关系"]) == ("田大山", "老屋组 3号", "户主")
    capsys.readouterr()
    assert main(["exports", "--database", here.database, "--county", COUNTY]) == 0
    latest, first = capsys.readouterr().out.splitlines()
    assert "没遮盖，县民政局 李科长：年审" in latest
    assert "遮盖过" in first


def test_who_takes_it_whole_says_why_and_the_log_cannot_be_rewritten(
    here: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--database", here.database, "--county", COUNTY, "--out", str(tmp_path / "x.xlsx")]
    assert main(["export", *where, "--type", "person", "--unmasked"]) == 1
    assert "--why" in capsys.readouterr().err
    assert main(["export", *where, "--type", "nothing", "--village", "439901101299"]) == 1
    told = capsys.readouterr().err
    assert "没有「nothing」" in told
    assert "439901101299" in told
    assert not (tmp_path / "x.xlsx").exists()
    with psycopg.connect(here.database) as connection:
        connection.execute("SET ROLE shoufangtong")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM export")


def test_no_words_become_a_formula_and_no_number_loses_figures(here: County, tmp_path: Path) -> None:
    whole = ("--unmasked", "--by", "李", "--why", "试")
    file = export(here, tmp_path, *whole, kind="household", form="csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["备注"] for row in read(file)] == ["'=1+1", ""]
    sheet = openpyxl.load_workbook(export(here, tmp_path, *whole, kind="household")).worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    people = openpyxl.load_workbook(export(here, tmp_path, *whole)).worksheets[0]
    (number,) = [cell for row in people.iter_rows() for cell in row if cell.value == NUMBER]
    assert (number.data_type, number.number_format) == ("s", "@")
    assert f"\t{NUMBER}" in export(here, tmp_path, *whole, form="csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_type_can_be_taken_out(here: County, tmp_path: Path, kind: str) -> None:
    assert isinstance(read(export(here, tmp_path, kind=kind)), list)


def test_one_village_alone(here: County, tmp_path: Path) -> None:
    assert [row["编号"] for row in read(export(here, tmp_path, "--village", BRIDGE, kind="household"))] == [
        "other"
    ]


def test_a_long_table_is_never_whole_in_memory_and_goes_on_in_a_second_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamed, "ROWS_OF_A_SHEET", 3000)
    heads, words = [Heading("甲"), Heading("乙")], "字" * 1000
    tracemalloc.start()
    try:
        count = streamed.to_xlsx(tmp_path / "long.xlsx", "长表", heads, ([words, at] for at in range(5000)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    book = openpyxl.load_workbook(tmp_path / "long.xlsx", read_only=True)
    filled = [sum(1 for _ in sheet.iter_rows()) - 1 for sheet in book.worksheets]
    book.close()
    assert (count, filled, book.sheetnames) == (5000, [3000, 2000], ["长表", "长表 2"])
    assert peak < 5_000_000  # what is written is 15 MB
