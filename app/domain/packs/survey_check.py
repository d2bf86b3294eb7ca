"""What must hold inside a questionnaire and between its editions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from app.domain.packs.standing import Standing
from app.domain.problem import Problem
from app.domain.surveys.survey import Asked, Kind, Naming, Question, Survey

if TYPE_CHECKING:
    from app.domain.packs.policy import Pack

SCALE = tuple("12345")
NUMERIC = (Kind.NUMBER, Kind.SCALE)


def surveys(pack: Pack) -> Iterator[Problem]:
    """Conditions that can never hold, matters the pack does not know, editions that clash."""
    for one in pack.surveys:
        place = f"surveys：survey[{one.standing.key or one.id}]"
        yield from _questions(one, place, frozenset(item.code for item in pack.items()))
    for one, other in combinations(pack.surveys, 2):
        same = one.id == other.id and one.standing.region == other.standing.region
        if same and _overlap(one.standing, other.standing):
            place = f"surveys：survey[{other.standing.key or other.id}]"
            yield Problem(place, f"和 {one.edition} 那一版同时有效，给旧的写上 valid_to")


def _questions(survey: Survey, place: str, items: frozenset[str]) -> Iterator[Problem]:
    before: dict[str, Question] = {}
    for question in survey.questions:
        where = f"{place}.question[{question.id}]"
        for asked in question.when:
            if words := _unreachable(asked, before):
                yield Problem(f"{where}.when", words)
        for choice in question.choices:
            for item in choice.need.items if choice.need else ():
                if item not in items:
                    yield Problem(f"{where}.need", f"政策包里没有 {item} 这件事")
            if choice.report and survey.naming is not Naming.NAMED:
                yield Problem(f"{where}.report", "要报告的题只能放在记名的问卷里，不然不知道是谁家")
        before[question.id] = question


def _unreachable(asked: Asked, before: dict[str, Question]) -> str:
    """Why a condition never holds; "" when it can."""
    earlier = before.get(asked.question)
    if earlier is None:
        return f"前面没有 {asked.question} 这一题，跳题只能看前面的答案"
    known = SCALE if earlier.kind is Kind.SCALE else tuple(one.code for one in earlier.choices)
    for code in asked.among:
        if code not in known:
            return f"{asked.question} 那一题没有 {code} 这个答案"
    ranged = asked.at_least is not None or asked.at_most is not None
    if ranged and earlier.kind not in NUMERIC:
        return f"{asked.question} 那一题答的不是数，不能比大小"
    return ""


def _overlap(one: Standing, other: Standing) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)
