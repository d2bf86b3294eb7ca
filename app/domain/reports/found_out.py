"""Reports 14 and 16: from clue to cover (the funnel), and what was posted and sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.registers.clue import CONCLUSIONS, COVERED, SIGNALS, SOURCES, STEPS
from app.domain.registers.public_notice import KINDS
from app.domain.registers.seal import USES
from app.domain.reports.cutting import UNKNOWN, Cut, count, mean, share, tabulate, total
from app.domain.reports.facts import ClueFact, Facts, NoticeFact
from app.domain.reports.table import Table, Unit

NOTICE_WORDS = {kind.value: words for kind, words in KINDS.items()}
USE_WORDS = {use.value: words for use, words in USES.items()}
QUARTER = Cut("quarter", "按季", "季度", lambda one: (f"{one.on.year}年第{(one.on.month + 2) // 3}季度",))

KIND = Cut("kind", "按内容", "内容", lambda one: (NOTICE_WORDS.get(one.kind, UNKNOWN),))
USE = Cut("use", "按用途", "盖在什么上", lambda one: (USE_WORDS.get(one.use, UNKNOWN),))
STEP = Cut(
    "step",
    "按步骤",
    "到哪一步",
    lambda one: (STEPS.get(one.status, UNKNOWN),),
    tuple(STEPS.values()),
    whole=True,
)


def funnel(facts: Facts, cut: Cut) -> tuple[Table, ...]:
    """14: clues, those checked at home, and what came of them (SD-055); then the five steps (SD-053)."""
    opens = "clue"
    measures = [
        count("线索", opens),
        total("涉及人数", opens, lambda one: one.people),
        count("核实了", opens, lambda one: one.checked_on is not None),
    ]
    measures += [count(words, opens, _concluded(code)) for code, words in CONCLUSIONS.items()]
    measures += [
        total("纳入人数", opens, lambda one: one.covered),
        share("纳入率", opens, lambda one: one.conclusion in COVERED),
        mean("平均多少天定下来", opens, _days, Unit.DAYS),
    ]
    table = tabulate(f"线索漏斗，{cut.words}", facts.clues, cut, measures, charted=(0, 2))
    return (table, tabulate("五步走到哪了", facts.clues, STEP, [count("线索", opens)]))


def clue_cuts() -> tuple[Cut, ...]:
    """The ways to split clues."""
    return (
        Cut(
            "signal",
            "按什么线索",
            "线索",
            lambda one: (SIGNALS.get(one.signal, UNKNOWN),),
            tuple(SIGNALS.values()),
        ),
        Cut(
            "source",
            "按来源",
            "来源",
            lambda one: (SOURCES.get(one.source, UNKNOWN),),
            tuple(SOURCES.values()),
        ),
    )


def _concluded(code: str) -> Callable[[Any], bool]:
    return lambda one: one.conclusion == code


def _days(one: ClueFact) -> float | None:
    return float((one.concluded_on - one.on).days) if one.concluded_on else None


def openness(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """16: notices and seals, quarter by quarter (SD-046, SD-059)."""
    notice, seal = "public_notice", "seal_log"
    notices = (
        count("公示", notice),
        count("层级、起止都全", notice, _complete),
        count("有照片", notice, lambda one: one.photos > 0),
        share("公示合规率", notice, lambda one: _complete(one) and one.photos > 0),
        count("有异议", notice, lambda one: one.objections > 0),
        count("到期还没撤", notice, lambda one: _still_up(one, facts)),
    )
    seals = (
        count("用章", seal),
        total("盖了几份", seal, lambda one: one.copies),
        count("重大事项", seal, lambda one: one.major),
        share("已公开", seal, lambda one: one.posted),
    )
    return (
        tabulate("公示", facts.notices, QUARTER, notices),
        tabulate("公示了什么", facts.notices, KIND, notices[:1]),
        tabulate("用章", facts.seals, QUARTER, seals, charted=(0, 1)),
        tabulate("章盖在什么上", facts.seals, USE, seals[:2]),
    )


def _complete(one: NoticeFact) -> bool:
    return bool(one.level and one.until)


def _still_up(one: NoticeFact, facts: Facts) -> bool:
    return one.until is not None and one.until < facts.today and one.down_on is None
