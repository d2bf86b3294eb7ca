"""Each slip of the pen in a matter or one of the smaller tables is named with its cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import packs
from app.domain.problem import UserError
from tests.policy import COUNTY


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A county's folder to spoil."""
    shutil.copytree(COUNTY, tmp_path / "pack")
    return tmp_path / "pack"


def told(folder: Path) -> list[str]:
    return [f"{problem.field} {problem.words}" for problem in packs.check(folder)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[[material]]\nid = "photo"\nicon = "selfie"', "material[photo].icon “selfie”：没有这个名字"),
        ('[[material]]\nid = "photo"\nobtain = "BUY"', "material[photo].obtain 只能写其中一个：SUBMIT"),
        ('[[material]]\nid = "photo"\ncauses = ["W99"]', "“W99”：没有这个名字"),
        ('[[material]]\nid = "photo"\nowner = "grandma"', "只能写：applicant"),
        ('[[material]]\nid = "form"\nwhy = ""', "要写一句为什么"),
        ('[[material]]\nid = "photo"\noriginals = 0', "要带的材料得写几份"),
        ('[[material]]\nid = "extra"\nname = "别的"\nicon = "form"\ncopies = 1', "没有哪一步要用这份材料"),
        ('[[material]]\nid = "photo"\nremove = true', "“photo”：没有这个名字"),
        ('[[errand]]\nid = "town"\noffice = "moon"', "errand[town].office “moon”：没有这个名字"),
        ('[[errand]]\nid = "town"\ntitle = "去镇里把所有的材料都交了"', "太长了：12 个字，纸上最多放 8 个"),
        ('[[errand]]\nid = "court"\ndepends_on = ["sign"]', "“sign”：没有这个名字"),
        ('[[errand]]\nid = "town"\nlimit = { count = 3, unit = "moon" }', "时限单位只能写"),
        ('[rule]\nfact = "person.hight"\nat_least = 3', "“person.hight”：程序不认识这个事实"),
        ('[rule]\nfact = "person.sex"\nis = "2"\nat_least = 3', "要写且只写一种比较"),
        ('[rule]\nrule = "nobody"', "没有叫“nobody”的规则"),
        (
            '[rule]\nfact = "household.income_per_head"\nbelow = { standard = "XX" }',
            "kinds.toml 里没有这种标准",
        ),
        ('[rule]\nsetting = "xx.yy"', "settings.toml 里没有这一项"),
        (
            '[rule]\nfact = "household.income_per_head"\n'
            'below = { standard = "DB", times = { setting = "xx.yy" } }',
            "settings.toml 里没有这一项",
        ),
        (
            '[rule]\nfact = "household.income_per_head"\n'
            'below = { standard = "DB", times = { setting = "bank.named" } }',
            "bank.named 是倍数",
        ),
        ('group = "elders"', "只能写：basic"),
        ('[rule]\nfact = "person.sex"\nat_least = 3', "不是数，不能比大小"),
        ('[rule]\nfact = "person.sex"\nhas = "DB"', "不是一组"),
        ('[rule]\nage = "person.birth"\nis = 18', "年月只能比大小"),
        ('[rule]\nage = "person.birth"\nat_least = { setting = "bank.named" }', "比大小要写整数"),
        ('[rule]\nage = "person.sex"\nat_least = 3', "不是日子"),
        ('[rule]\nfact = "household.rigid_percent"\nat_least = "六十"', "比大小要写整数"),
        ('[rule]\nfact = "household.rigid_percent"\nat_least = 0.6', "小数写在引号里"),
        ('[rule]\nsome = "person.benefits"\nwhere = { rule = "local" }', "只能用在一列事实上"),
        ("[publicity]\ndays = 7", "孩子的事不公示"),
        ('code = "XX"', "改成 items/XX.toml"),
        ('refer = "moon"', "“moon”：没有这个名字"),
    ],
)
def test_each_slip_in_a_matter_is_named(copy: Path, body: str, expected: str) -> None:
    (copy / "items").mkdir()
    (copy / "items" / "GE.toml").write_text(body + "\n", "utf-8")
    found = told(copy)
    assert any(expected in words for words in found), found
    with pytest.raises(UserError) as refused:
        packs.load(packs.reference(), copy)
    assert "原来的还在" in refused.value.words


@pytest.mark.parametrize(
    ("file", "body", "expected"),
    [
        ("closures", 'id = "a"\nwhy = "搬家"', "只写一种"),
        ("closures", 'id = "a"\nwhy = "搬家"\nfrom = 2026-12-07\nmonth_days = [5]', "只写一种"),
        ("closures", 'id = "a"\nwhy = "搬家"\nfrom = 2026-12-07\nto = 2026-12-01', "比第一天还早"),
        ("closures", 'id = "a"\nwhy = "赶集"\noffice = "town"\nmonth_days = [0, 32]', "1 到 31"),
        ("closures", 'id = "a"\nwhy = "赶集"\nmonth_days = [5]', "写明是哪个地方"),
        ("closures", 'id = "a"\nwhy = "搬家"\noffice = "moon"\nfrom = 2026-12-07', "“moon”：没有这个名字"),
        (
            "departments",
            'id = "health"\nkey = "h3"\nname = "卫建局"\nregion = "43"\nvalid_from = 2024-01-01',
            "同一时间都叫得",
        ),
        ("departments", 'id = "new"\nname = "工商局"', "一个说法只能指一个部门"),
        ("departments", 'id = "new"\nname = "某局"\nvalid_to = 2020-01-01', "没写现在叫什么"),
        ("proofs", 'id = "Z21"\nname = "转学"', "缺了 instead"),
        ("proofs", 'id = "Z21"\nname = "转学"\ninstead = "找学校"\nsays = ["转"]', "至少写两个字"),
        ("proofs", 'id = "Z21"\nname = "转学"\ninstead = "找学校"\noffice = "moon"', "“moon”：没有这个名字"),
        (
            "proofs",
            'id = "Z21"\nname = "转学"\ninstead = "找学校"\nbring = ["学籍信息卡片复印件"]',
            "最多放 6 个字",
        ),
        (
            "proofs",
            'id = "Z21"\nname = "转"\ninstead = "问"\nbring = ["甲", "乙", "丙", "丁"]',
            "最多写 3 样",
        ),
    ],
)
def test_each_slip_in_the_smaller_tables_is_named(copy: Path, file: str, body: str, expected: str) -> None:
    key = file.removesuffix("s")
    (copy / f"{file}.toml").write_text(f"[[{key}]]\n{body}\n", "utf-8")
    found = told(copy)
    assert any(expected in words and words.startswith(f"{file}.toml") for words in found), found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('purpose = "VP99"', "cadence[VP07].purpose “VP99”：没有这个名字"),
        ('unit = "fortnight"', "cadence[VP07].unit 周期只能写：hour、workday、day、week、month"),
        ('unit = "hour"', "cadence[VP07].unit 小时、工作日从出事那天起算"),
        ("calendar = true\ncount = 2", "cadence[VP07].calendar 按日历算的"),
        ('counts = ["VP77"]', "cadence[VP07].counts “VP77”：没有这个名字"),
        ('whom = { fact = "person.nam", is = "a" }', "cadence[VP07].whom “person.nam”：程序不认识这个事实"),
        ('whom = { rule = "nobody" }', "没有叫“nobody”的规则"),
        ('category = "D"', "cadence[VP07].category 分类只能写 A、B、C"),
    ],
)
def test_a_slip_in_who_is_visited_is_named_with_its_line(copy: Path, body: str, expected: str) -> None:
    (copy / "cadence.toml").write_text(f'[[cadence]]\nid = "VP07"\n{body}\n', encoding="utf-8")
    (said,) = (one for one in told(copy) if expected in one)
    assert said.startswith("cadence.toml 第 3 行："), "the file and the line"


def test_a_slip_in_a_group_is_named(copy: Path) -> None:
    (copy / "groups.toml").write_text('[[group]]\nid = "ill"\nname = ""\n', encoding="utf-8")
    assert any("group[ill].name" in one for one in told(copy))
