"""The rules for calling first are data of the pack, each with its source, and slips in them are told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.packs.follow_rule import After, read_follow_rule, rules_at
from app.domain.packs.pack_table import Table
from app.domain.problem import Problem
from tests.facts import VILLAGE
from tests.policy import county

GOOD: dict[str, Any] = {"id": "a", "after": "external", "days": [7], "why": "问{what}到哪一步了"}


def _slips(**changes: Any) -> list[str]:
    problems: list[Problem] = []
    table = Table("followups.toml", "followup[a]", {**GOOD, **changes}, problems)
    read_follow_rule(table, "43")
    table.done()
    return [problem.words for problem in problems]


def test_the_shipped_rules_cover_what_the_trade_asks_for_and_are_marked_unverified() -> None:
    rules = rules_at(county().follow_rules, VILLAGE, date(2026, 11, 20))
    assert {one.after for one in rules} == set(After)
    assert all(one.standing.unverified and one.standing.source for one in rules)
    assert {(one.after, one.days) for one in rules} >= {
        (After.EXTERNAL, (7,)),
        (After.CLOSED, (7, 30)),
        (After.PAID, (10,)),
        (After.FESTIVAL, (7,)),
    }


def test_a_good_rule_has_no_slip() -> None:
    assert _slips() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"days": []},
        {"days": [0]},
        {"days": "7"},
        {"days": [30, 7]},
        {"after": "later"},
        {"after": "closed"},  # {what} has nothing to stand for
        {"after": "festival", "why": "过完年了"},  # which festival?
        {"holiday": "春节"},
        {"why": ""},
        {"wy": "x"},
    ],
)
def test_a_slip_is_told(changes: dict[str, Any]) -> None:
    assert _slips(**changes)
