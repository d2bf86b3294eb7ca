"""A file that is no sound spreadsheet is refused in the worker's words, whatever is wrong with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.problem import UserError
from app.tables import workbook
from app.tables.roster import read
from tests.unit.tables.sheets import GRANDMOTHER, HEADINGS, TODAY, xlsx

GOOD = xlsx([HEADINGS, GRANDMOTHER])


def refused(source: bytes | Path) -> str:
    with pytest.raises(UserError) as caught:
        read(source, today=TODAY)
    return caught.value.words


def repacked(change: dict[str, bytes | None]) -> bytes:
    """GOOD with some of its members replaced, or left out where the value is None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, data in change.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def test_an_empty_file_says_so() -> None:
    assert "一个字也没有" in refused(b"")


def test_an_empty_sheet_says_so() -> None:
    assert "一个字也没有" in refused(xlsx([]))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_the_old_format_is_named_with_the_way_out(data: bytes) -> None:
    assert ".xls）" in refused(data)
    assert "另存成" in refused(data)


def test_a_password_is_named() -> None:
    assert "设了密码" in refused(workbook.OLE_MAGIC + b"\0" * 512 + workbook.ENCRYPTED)


@pytest.mark.parametrize("data", ["姓名,与户主关系\n蒋桂英,户主".encode(), b"%PDF-1.7", b"PK\x03\x04 half"])
def test_another_kind_of_file_is_not_a_spreadsheet(data: bytes) -> None:
    assert "不是表格文件" in refused(data)


def test_a_zip_that_is_no_workbook_is_not_a_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("readme.txt", "hello")
    assert "不是表格文件" in refused(out.getvalue())


def test_a_missing_file_asks_about_the_stick(tmp_path: Path) -> None:
    assert "U 盘" in refused(tmp_path / "gone.xlsx")
    assert "读不出来" in refused(tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.integers(0, len(GOOD) - 1), flip=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_or_read_but_never_crashes(place: int, flip: int, cut: bool) -> None:
    damaged = GOOD[:place] if cut else GOOD[:place] + bytes([GOOD[place] ^ flip]) + GOOD[place + 1 :]
    words = ""
    try:
        found = read(damaged, today=TODAY)
    except UserError as error:
        words = error.words
    assert words.endswith("。") or found.rows or found.unusable


def test_a_broken_sheet_inside_a_sound_zip_is_refused() -> None:
    assert refused(repacked({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})) == workbook.DAMAGED
    assert refused(repacked({"xl/worksheets/sheet1.xml": None})) == workbook.DAMAGED


def test_entities_are_never_unfolded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaa">]><worksheet>&a;</worksheet>'
    assert refused(repacked({"xl/worksheets/sheet1.xml": bomb})) == workbook.DAMAGED


def test_a_file_that_unpacks_without_end_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 4_000_000)
    bomb = repacked({"xl/media/image1.bin": bytes(workbook.MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < 1_000_000
    assert "大得不正常" in refused(bomb)


def test_a_file_too_large_is_refused_unread() -> None:
    assert "太大" in refused(bytes(workbook.MAX_FILE_BYTES + 1))


def test_more_rows_than_any_village_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 10)
    with pytest.raises(UserError, match="请按村分开"):
        read(xlsx([HEADINGS, *[GRANDMOTHER] * 10]), today=TODAY)


def test_a_size_stated_wrong_by_its_writer_is_not_believed() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:G2"' in sheet
    wrong = repacked({"xl/worksheets/sheet1.xml": sheet.replace(b'ref="A1:G2"', b'ref="A1"')})
    assert len(read(wrong, today=TODAY).rows) == 1
