"""Where the answers of one visit do not go together: said beside the answer, and never in the way.

Each rule names the field it is said at. What stays contradictory is signed as it was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain import money
from app.domain.people.person import Life
from app.domain.problem import Problem
from app.domain.visits.asking import Situation, chosen
from app.domain.visits.form import Form
from app.domain.visits.visit import INVESTIGATIONS

Rule = Callable[[Situation, Form], Iterator[Problem]]
WORKS = frozenset({"local", "away", "business"})


def contradictions(situation: Situation, form: Form) -> tuple[Problem, ...]:
    """Every contradiction between answers that have their place in the visit, in the order of the rules."""
    asked = {one.id for one in situation.active(form)}
    return tuple(one for rule in RULES for one in rule(situation, form) if one.field in asked)


def _not_at_home(situation: Situation, form: Form) -> Iterator[Problem]:
    mode = situation.visit.answers.get("mode")
    if situation.visit.purpose in INVESTIGATIONS and mode not in (None, "home"):
        yield Problem("mode", "经济调查要进他家的门看。这次先记着，还要再去家里一趟。")


def _alone(situation: Situation, form: Form) -> Iterator[Problem]:
    here = [one for one in situation.members if one.life is Life.HERE]
    said = _each(situation, "elder_with")
    for person in here:
        if said.get(person.id) == "alone" and len(here) > 1:
            others = "、".join(one.name for one in here if one is not person)
            yield Problem("elder_with", f"说{person.name}一个人住，可家里还记着{others}。是外出了还是另住？")
            return


def _calm_but_new(situation: Situation, form: Form) -> Iterator[Problem]:
    answers = situation.visit.answers
    if "moved" in chosen(answers.get("members")) and answers.get("newcomers") == "returned":
        yield Problem("newcomers", "有人迁走，又有人迁回来：看看是不是同一个人。")


def _medical(situation: Situation, form: Form) -> Iterator[Problem]:
    income, complete = _total(situation, form, "wage")
    spent = _fen(situation, "medical_self")
    if complete and spent and spent > income:
        words = (
            f"看病掏了 {money.plain(spent)} 元，比进的 {money.plain(income)} 元还多。钱从哪里来的，再问一句。"
        )
        yield Problem("medical_self", words)


def _subsidy(situation: Situation, form: Form) -> Iterator[Problem]:
    if _fen(situation, "subsidy") == 0 and situation.benefits:
        names = "、".join(one.name for one in situation.benefits)
        yield Problem("subsidy", f"填了没有补贴，可这家在领{names}。")


def _pension(situation: Situation, form: Form) -> Iterator[Problem]:
    elders = [one.name for one in situation.members if "elder" in situation.traits(one)]
    nothing = _fen(situation, "pension_basic") == 0 and _fen(situation, "pension_staff") == 0
    if elders and nothing:
        yield Problem("pension_basic", f"{'、'.join(elders)}满 60 岁了，真没领养老金吗？")


def _wage(situation: Situation, form: Form) -> Iterator[Problem]:
    working = [key for key, code in _each(situation, "work").items() if code in WORKS]
    names = [one.name for one in situation.members if one.id in working]
    wage, business = _fen(situation, "wage"), _fen(situation, "business")
    if names and wage == 0 and not business:
        yield Problem("wage", f"说{'、'.join(names)}在做事，工资却是 0。")
    told = _each(situation, "work")
    if wage and told and not working and "farm" not in told.values():
        yield Problem("wage", "填了工资，可家里没人说在做工。")


def _child(situation: Situation, form: Form) -> Iterator[Problem]:
    away = _each(situation, "left_behind")
    for name, code, words in (
        ("child_guardian", "parents", "说爸妈在带"),
        ("child_contact", "together", "说跟爸妈住在一起"),
    ):
        said = _each(situation, name)
        for person in situation.members:
            if said.get(person.id) == code and away.get(person.id) in ("both", "gone"):
                yield Problem(name, f"{person.name}：{words}，又说两个都不在家。")


def _hospital(situation: Situation, form: Form) -> Iterator[Problem]:
    health, times = _each(situation, "health"), _each(situation, "stay_times")
    for person in situation.members:
        if "hospital" in chosen(health.get(person.id)) and times.get(person.id) == "none":
            yield Problem("stay_times", f"{person.name}：上面说住过院，这里说没住院。")


RULES: tuple[Rule, ...] = (
    _not_at_home, _alone, _calm_but_new, _medical, _subsidy, _pension, _wage, _child, _hospital,
)  # fmt: skip


def _each(situation: Situation, name: str) -> Mapping[str, Any]:
    given = situation.visit.answers.get(name)
    return given if isinstance(given, Mapping) else {}


def _fen(situation: Situation, name: str) -> int | None:
    """The sum of a field in fen, None while it is not told."""
    given = situation.visit.answers.get(name)
    return int(given["fen"]) if isinstance(given, Mapping) and given.get("fen") is not None else None


def _total(situation: Situation, form: Form, name: str) -> tuple[int, bool]:
    """What the group of `name` comes to in fen, and whether every part of it was told."""
    told = [_fen(situation, each) for each in form.sums(name)]
    return sum(fen or 0 for fen in told), None not in told
