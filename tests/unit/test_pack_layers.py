"""Layers lie over one another, each speaks for its own place, and a slip is told by layer, file and line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app import packs
from app.actions.policy import policies
from tests.policy import COUNTY


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A county's folder to spoil."""
    shutil.copytree(COUNTY, tmp_path / "pack")
    return tmp_path / "pack"


def told(folder: Path) -> list[str]:
    return [f"{problem.field} {problem.words}" for problem in packs.check(folder)]


def layer(folder: Path, name: str, region: str, extends: str, **files: str) -> Path:
    """A small layer of a pack."""
    (folder / name).mkdir()
    head = f'name = "{name}"\nversion = "1"\ntitle = "{name}"\nregion = "{region}"\nextends = "{extends}"\n'
    (folder / name / "pack.toml").write_text(head, "utf-8")
    for file, text in files.items():
        (folder / name / f"{file}.toml").write_text(text, "utf-8")
    return folder / name


def test_a_slip_is_told_with_its_line_in_the_layer_that_made_it(copy: Path) -> None:
    offices = (copy / "offices.toml").read_text("utf-8")
    (copy / "offices.toml").write_text(offices.replace('window = "3"', 'window = "9"', 1), "utf-8")
    line = offices.splitlines().index('window = "3"') + 1
    assert told(copy)[0].startswith(f"offices.toml 第 {line} 行：office[town-civil.fengxiang].window ")
    town = layer(copy.parent, "town", "439901101", "yunling")
    assert told(town)[0].startswith(f"yunling/offices.toml 第 {line} 行：")
    (copy / "offices.toml").write_text(offices + "\n[[office]]\nid = x\n", "utf-8")
    assert told(copy) == [
        f"offices.toml 第 {len(offices.splitlines()) + 3} 行 写法不对，读不下去："
        "等号后面写得不对：文字要加引号，日期写 2026-11-01"
    ]


def test_a_layer_lies_over_any_number_of_others(tmp_path: Path) -> None:
    city = '[[setting]]\nid = "gl.from_age"\nvalue = 75\n[[setting]]\nid = "ls.urgent_hours"\nvalue = 24\n'
    layer(tmp_path, "city", "4399", "hunan", settings=city)
    layer(tmp_path, "county", "439901", "city", settings='[[setting]]\nid = "gl.from_age"\nvalue = 70\n')
    mine = packs.load(*packs.chain(tmp_path / "county"))
    said = {one.id: (one.value, one.standing.layers) for one in mine.settings}
    assert said["gl.from_age"] == (70, ("湖南参考", "city", "county"))
    assert said["ls.urgent_hours"] == (24, ("湖南参考", "city"))
    assert said["card.remind_days"][1] == ("湖南参考",)
    assert mine.label == "hunan 2026.11 + city 1 + county 1"
    assert policies.edition(mine) == "湖南参考 2026.11 + city 1 + county 1", "what is shown names no files"


def test_what_a_town_says_holds_in_the_town_only(copy: Path) -> None:
    fee = '[[standard]]\nid = "yunling-db-rural"\namount = "5600"\n'
    town = layer(
        copy.parent, "town", "439901102", "yunling", standards=fee,
        offices='[[office]]\nid = "court"\nwindow = "7"\n',
    )  # fmt: skip
    mine, on = packs.load(*packs.chain(copy, town)), date(2026, 11, 20)
    here, there = "439901102201", "439901101201"
    amounts = [getattr(mine.standard("DB", at, "rural", on), "words", "") for at in (here, there)]
    assert amounts == ["5600 元/年", "5300 元/年"]
    courts = [mine.office("court", on, village=at) for at in (here, there)]
    assert [getattr(court, "window", "") for court in courts] == ["7", "5"]
    assert getattr(courts[0], "contacts", ()) == getattr(courts[1], "contacts", ())


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"rules": "[rules]\n"}, "这个文件由县里写"),
        ({"offices": '[[office]]\nid = "court"\nremove = true\n'}, "不能去掉县里写的"),
    ],
)
def test_a_town_does_not_speak_for_the_county(copy: Path, files: dict[str, str], expected: str) -> None:
    town = layer(copy.parent, "town", "439901102", "yunling", **files)
    assert expected in told(town)[0]


def test_a_layer_over_nothing_and_a_circle_are_said(tmp_path: Path) -> None:
    assert "找不到 nowhere" in told(layer(tmp_path, "lost", "4399", "nowhere"))[0]
    layer(tmp_path, "one", "4399", "two")
    assert "绕成了一个圈" in told(layer(tmp_path, "two", "4399", "one"))[0]
