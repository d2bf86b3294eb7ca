"""A county's questionnaire that could not be asked is refused, at the very key that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import packs

GOOD = """
[[survey]]
id = "rules"
edition = "1"
title = "村规民约征求意见"
short = "征求意见"
naming = "anonymous"

[[survey.question]]
id = "wedding"
kind = "single"
ask = "要不要定个数？"
short = "定不定"
options = { yes = "要定", no = "不要定" }

[[survey.question]]
id = "tables"
kind = "number"
ask = "定几桌合适？"
short = "几桌"
when = { question = "wedding", among = ["yes"] }
most = 50
"""


def county(folder: Path, text: str) -> Path:
    (folder / "surveys").mkdir(parents=True)
    (folder / "pack.toml").write_text(
        'name = "yunling"\nversion = "1"\ntitle = "云岭区"\nregion = "439901"\nextends = "hunan"\n', "utf-8"
    )
    (folder / "surveys" / "rules.toml").write_text(text, "utf-8")
    return folder


def test_a_good_one_has_nothing_to_mend(tmp_path: Path) -> None:
    assert packs.check(county(tmp_path / "yunling", GOOD)) == ()


@pytest.mark.parametrize(
    ("good", "slip", "place", "said"),
    [
        ('question = "wedding"', 'question = "weding"', "question[tables].when", "前面没有 weding"),
        ('among = ["yes"]', 'among = ["maybe"]', "question[tables].when", "没有 maybe 这个答案"),
        ('among = ["yes"]', "at_least = 2", "question[tables].when", "不是数"),
        ("most = 50", "", "most", "写明最大是几"),
        ('options = { yes = "要定", no = "不要定" }', 'options = { yes = "要定" }', "options", "至少写两个"),
        ('kind = "single"', 'kind = "single"\nreport = ["yes"]', "report", "记名的问卷"),
        ('naming = "anonymous"', 'naming = "anonymous"\ntogether = 2', "together", "不能比这个少"),
        ('short = "几桌"', 'short = "几桌"\nfaces = true', "faces", "只有 scale"),
        (
            'kind = "single"',
            'kind = "single"\nneed = { yes = { words = "去看", items = ["XX"] } }',
            "need",
            "XX",
        ),
        ('kind = "number"', 'kind = "numbr"', "kind", "只能写其中一个"),
    ],
)
def test_what_could_not_be_asked_is_refused_at_its_key(
    tmp_path: Path, good: str, slip: str, place: str, said: str
) -> None:
    assert good in GOOD
    problems = packs.check(county(tmp_path / "yunling", GOOD.replace(good, slip)))
    assert any(place in one.field and said in one.words for one in problems), problems


def test_two_editions_of_one_questionnaire_may_not_be_asked_on_the_same_day(tmp_path: Path) -> None:
    later = GOOD.replace('id = "rules"', 'id = "rules"\nkey = "rules.2"').replace(
        'edition = "1"', 'edition = "2"'
    )
    problems = packs.check(county(tmp_path / "both", GOOD + later))
    assert any("同时有效" in one.words for one in problems)
    ended = GOOD.replace('edition = "1"', 'edition = "1"\nvalid_to = 2026-12-31')
    follows = later.replace('edition = "2"', 'edition = "2"\nvalid_from = 2027-01-01')
    assert packs.check(county(tmp_path / "one after the other", ended + follows)) == ()
