"""Packs on disk: the shipped ones are whole, and every kind of mistake is named with file, key and cure."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from copy import deepcopy as copy_of
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app import packs
from app.domain.icons import ICONS
from app.domain.packs import pack as reader
from app.domain.packs.pack_check import consistency
from app.domain.packs.policy import Pack
from app.domain.packs.service_item import GROUPS, Limit, Obtain
from app.domain.people.person import ParentState as P
from app.domain.problem import UserError
from app.domain.rules.eligibility import suggest
from app.domain.rules.facts import KNOWN
from app.domain.rules.rule import tests as comparisons
from tests.facts import NOW
from tests.policy import COUNTY, child, county, disabled, earning, father, mother

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A county's folder to spoil."""
    shutil.copytree(COUNTY, tmp_path / "pack")
    return tmp_path / "pack"


def told(folder: Path) -> list[str]:
    return [f"{problem.field} {problem.words}" for problem in packs.check(folder)]


def test_the_shipped_packs_have_no_problem() -> None:
    assert packs.check(packs.reference()) == ()
    assert packs.check(COUNTY) == ()


def test_the_reference_holds_its_matters_by_what_they_are_about() -> None:
    found: dict[str, list[str]] = {}
    for item in county().items():
        found.setdefault(item.group, []).append(item.code)
    order = list(GROUPS)
    assert list(found) == sorted(found, key=order.index), "one kind after the other, none of them twice"
    assert found["basic"] == ["DB", "TK", "BY", "GX"]
    assert found["urgent"] == ["LS", "LL"]
    assert found["child"][:2] == ["GE", "SW"]
    assert found["disabled"] == ["CZ", "CS", "CH"]
    assert found["old"][:2] == ["GL", "YL"]
    assert found["medical"] == ["YJ"]
    assert (found["child"][2:], found["old"][2:], found["other"]) == (["KT"], ["YD"], ["BZ", "JJ", "FP"])
    assert [proof.code for proof in county().proofs] == [f"Z{i:02d}" for i in range(1, 21)]
    assert [cause.code for cause in county().trip_causes] == [f"W{i:02d}" for i in range(1, 21)]


def test_every_picture_a_pack_names_is_drawn() -> None:
    drawn = {path.stem for path in (ROOT / "resources" / "pictograms").glob("*.svg")}
    used = {item.icon for item in county().items() if item.icon}
    used |= {paper.icon for item in county().items() for paper in item.materials}
    used |= {errand.icon for item in county().items() for errand in item.errands}
    used |= {office.icon for office in county().offices}
    assert used <= ICONS
    assert used <= drawn, sorted(used - drawn)


def test_a_childs_matter_is_never_posted() -> None:
    posted = {
        item.code: item.publicity.days for item in county().items() if item.for_child and item.publicity
    }
    assert {"GE", "SW", "KT"} <= set(posted)
    assert set(posted.values()) == {0}


def test_nothing_a_village_must_not_issue_is_ever_asked_for() -> None:
    brought = [
        (item.code, paper.name)
        for item in county().items()
        for paper in item.materials
        if paper.icon in ("village_proof", "death_cert") and paper.obtain is Obtain.SUBMIT
        if "村" in paper.issuer or not paper.issuer
    ]
    assert brought == []


def test_names_fit_under_their_pictures() -> None:
    papers = [paper for item in county().items() for paper in item.materials]
    assert [paper.name for paper in papers if len(paper.name.replace("{owner}", "奶奶")) > 6] == []
    assert [step.title for item in county().items() for step in item.errands if len(step.title) > 8] == []


def test_everything_said_to_be_known_to_rules_can_be_asked() -> None:
    used = {test.fact for item in county().items() for test in comparisons(item.rule)}
    assert {fact for fact in used if not fact.startswith("setting:")} <= set(KNOWN)


def test_what_the_list_promises_in_an_emergency_is_what_the_county_set() -> None:
    item, on = packs.load(packs.reference()).item("LS"), NOW.date()
    limits = {each.id: each.limit for each in (*item.errands, *item.stages)}
    hours = county().setting("ls.urgent_hours", "439901101201", on)
    days = county().setting("ls.backfill_workdays", "439901101201", on)
    assert hours is not None
    assert days is not None
    assert limits["urgent"] == Limit(int(hours.value), "hour")
    assert limits["backfill"] == Limit(int(days.value))


def test_whatever_was_not_checked_against_an_original_says_so() -> None:
    reference = packs.load(packs.reference())
    unchecked = [basis for item in reference.items() for basis in item.basis if basis.standing.unverified]
    assert len(unchecked) >= 8
    for item in reference.items():
        for paper in item.materials:
            assert paper.standing.source, (item.code, paper.id)
        for part in (*item.errands, *item.stages, *item.basis):
            assert part.standing.source, (item.code, part)
    new = [reference.item(code) for code in ("TK", "BY", "GX", "CZ", "YL", "YJ", "LL")]
    for item in new:  # nobody has compared any of these with its original yet
        parts = (item, *item.materials, *item.errands, *item.stages, *item.basis)
        assert all(part.standing.unverified for part in parts), item.code


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("offices.toml", 'window = "3"', 'windoww = "3"', "是不是 window"),
        ("offices.toml", 'window = "3"', 'window = "9"', "窗口号比窗口总数还大"),
        ("offices.toml", 'part_of = "town"', 'part_of = "twon"', "是不是 town"),
        ("offices.toml", 'icon = "bank"', 'icon = "bnak"', "是不是 bank"),
        ("offices.toml", 'to = "04-30"', 'to = "03-31"', "没有写开门时间"),
        ("offices.toml", 'from = "05-01"', 'from = "04-01"', "写了两种开门时间"),
        ("offices.toml", '"154-0000-2201"', '"打村里"', "电话只写数字"),
        ("offices.toml", 'from = "05-01"', 'from = "五月"', "这里写月日"),
        ("offices.toml", "windows = 4", 'windows = "四"', "整数"),
        ("offices.toml", 'region = "439901101"', 'region = "云岭"', "区划写数字代码"),
        ("offices.toml", 'region = "439901101"', 'region = "4399011"', "区划写数字代码"),
        ("offices.toml", 'region = "439901101"', 'region = "529901101"', "区划 529901101 不在 43 里"),
        ("pack.toml", 'region = "439901"', 'region = "529901"', "区划 529901 不在下面那一层的 43 里"),
        ("pack.toml", 'version = "1"', 'version = "第三版"', "版本号写数字"),
        ("standards.toml", 'amount = "5300"', "amount = 5300.5", "金额照公布的写在引号里"),
        ("standards.toml", 'amount = "5300"', 'amount = "0"', "金额要大于 0"),
        ("standards.toml", 'amount = "5300"', 'amount = "5300/3"', "金额照公布的写在引号里"),
        ("standards.toml", 'amount = "5300"', 'amount = "5.3e3"', "金额照公布的写在引号里"),
        ("standards.toml", 'period = "year"', 'period = "week"', "周期只能写"),
        ("standards.toml", "age_from = 90", "age_from = 85", "同一时间都有效"),
        (
            "standards.toml",
            'payer = "区级", amount = "50"',
            'payer = "区级", amount = "60"',
            "加起来不等于总数",
        ),
        ("standards.toml", "source = ", "sauce = ", "是不是 source"),
        ("standards.toml", 'hukou = "rural"', 'hukou = "农村"', "只能写 rural"),
        ("standards.toml", "2026-01-01", '"2026"', "这里要写日期"),
        ("settings.toml", "value = true", "value = [1]", "这里写 true、false"),
        ("settings.toml", 'id = "bank.named"', 'id = "ch.extend_3"', "写了两次"),
        ("pack.toml", 'version = "1"', "", "缺了 version"),
        ("pack.toml", 'version = "1"', "version = 1", "要写文字"),
        ("pack.toml", "simulated = true", 'simulated = "是"', "只能写 true 或 false"),
        ("pack.toml", 'extends = "hunan"', 'extends = "hunan', "读不下去"),
    ],
)
def test_each_slip_is_named_with_its_file_and_its_cure(
    copy: Path, file: str, old: str, new: str, expected: str
) -> None:
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), "utf-8")
    found = told(copy)
    assert any(expected in words and words.startswith(file) for words in found), found


def test_all_slips_are_told_at_once(copy: Path) -> None:
    for file, old, new in (
        ("pack.toml", 'title = "云岭区"', ""),
        ("offices.toml", 'window = "3"', 'window = "9"'),
        ("settings.toml", "value = true", "valu = true"),
    ):
        text = (copy / file).read_text("utf-8").replace(old, new)
        (copy / file).write_text(text, "utf-8")
    files = {words.split(" ")[0] for words in told(copy)}
    assert {"pack.toml", "settings.toml"} <= files


def test_a_folder_that_is_no_pack_and_a_file_that_is_no_text_are_said(tmp_path: Path, copy: Path) -> None:
    assert "没有 pack.toml" in told(tmp_path / "nothing")[0]
    (copy / "settings.toml").write_bytes('[[setting]]\nid = "名"'.encode("gbk"))
    assert any("UTF-8" in words for words in told(copy))
    (copy / "settings.toml").unlink()
    (copy / "setings.toml").write_text("", "utf-8")
    assert any("setings.toml 政策包里没有这种文件" in words for words in told(copy))


def test_a_county_overrides_one_number_of_copies_and_copies_nothing_else(copy: Path) -> None:
    (copy / "items").mkdir()
    (copy / "items" / "CS.toml").write_text('[[material]]\nid = "id"\ncopies = 3\n', "utf-8")
    mine: Pack = packs.load(packs.reference(), copy)
    assert mine.item("CS").material("id").copies == 3
    assert mine.item("CS").material("id").issuer == "派出所"
    assert mine.item("CH").material("id").copies == 1
    assert len(mine.item("CS").materials) == len(county().item("CS").materials)


def test_a_county_may_take_a_paper_away(copy: Path) -> None:
    (copy / "items").mkdir()
    (copy / "items" / "CH.toml").write_text(
        '[[material]]\nid = "promise"\nremove = true\n\n[[errand]]\nid = "town"\nmaterials = ["card", "id",'
        ' "hukou", "bank-card", "proxy-id", "mandate", "form"]\n',
        "utf-8",
    )
    assert "promise" not in {paper.id for paper in packs.load(packs.reference(), copy).item("CH").materials}


def test_a_new_fact_of_a_county_holds_in_that_county_only(copy: Path) -> None:
    with (copy / "standards.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[standard]]\nid = "x"\nkind = "INS"\namount = "30"\nperiod = "year"\nsource = "县里"\n'
        )
    mine = packs.load(packs.reference(), copy)
    assert next(each for each in mine.standards if each.id == "x").standing.region == "439901"


WEIRD: tuple[Any, ...] = (
    None, [], {}, "", "x", -1, 1.5, True, date(2026, 1, 1), [1], ["a", 1], [{}], {"id": 1}, [[]], "9" * 30,
)  # fmt: skip


def _paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if len(path) > 1:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from _paths(inner, (*path, key))


def test_whatever_stands_in_a_file_it_is_refused_in_words_or_safe_to_use() -> None:
    files = {
        path.relative_to(packs.reference()).as_posix(): tomllib.loads(path.read_text("utf-8"))
        for path in packs.reference().rglob("*.toml")
    }
    random, paths, refused = Random(7), list(_paths(files)), 0
    boy = child(father(P.DEAD), mother(P.LOST_CONTACT, date(2024, 3, 1)))
    who = disabled(5, 3, tags=("生活困难",))
    for _ in range(150):
        spoilt, path, weird = copy_of(files), random.choice(paths), random.choice(WEIRD)
        place: Any = spoilt
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = weird
        pack, problems = reader.read(spoilt)
        found = problems or consistency(pack)
        refused += bool(found)
        if not found:
            suggest(earning("7000", classes=("BY",)), (who, boy), pack, NOW)
    assert refused > 60


def test_the_same_bytes_are_known_again_and_one_changed_byte_is_not(copy: Path) -> None:
    before = packs.load(packs.reference(), copy)
    assert packs.load(packs.reference(), copy) is before
    file = copy / "offices.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("154-0000-1109", "154-0000-1110"), encoding="utf-8"
    )
    after = packs.load(packs.reference(), copy)
    assert after.offices != before.offices
    file.write_text("[[office", encoding="utf-8")
    with pytest.raises(UserError):
        packs.load(packs.reference(), copy)
