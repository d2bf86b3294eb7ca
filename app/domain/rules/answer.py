"""Walking a rule's tree over facts: yes, no or not known, with the sentences that say why.

Kleene's three-valued logic: an unknown part matters only while it could still change the answer.
Numbers are compared as exact fractions, so income exactly at a standard is never below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.domain.money import exact
from app.domain.packs.policy import Standard
from app.domain.people.person import birthday
from app.domain.rules.facts import KNOWN, Fact, Facts
from app.domain.rules.rule import All, Amount, AnyOf, Each, Not, Op, Operand, Rule, Setting, Test, Unit, Words
from app.domain.rules.spans import add_months, full_months, short_of

Limit = Operand | Fraction | None


@dataclass(frozen=True)
class Reason:
    """One fact that decided, as a plain sentence. `holds`: it speaks for the applicant."""

    words: str
    holds: bool
    fact: str = ""


@dataclass(frozen=True)
class Question:
    """One fact still missing, in words, with its name (see `app.domain.rules.facts.KNOWN`).

    Names beginning with `setting:` or `standard:` are for the county, not for the applicant.
    """

    fact: str
    words: str
    person: str = ""

    @property
    def for_county(self) -> bool:
        return self.fact.startswith(("setting:", "standard:"))


@dataclass(frozen=True)
class Answer:
    """What a tree says: `truth` None is unknown. `earliest` turns a False that only time decides."""

    truth: bool | None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Question, ...] = ()
    earliest: date | None = None


def ask(rule: Rule, facts: Facts, on: date) -> Answer:
    """The answer of `rule` for `facts` on the day `on`."""
    match rule:
        case Test():
            return _test(rule, facts, on)
        case All(parts, words):
            return _reworded(_all(ask(part, facts, on) for part in parts), words, facts)
        case AnyOf(parts, words):
            return _reworded(_any(ask(part, facts, on) for part in parts), words, facts)
        case Not(part, words):
            return _reworded(_flipped(ask(part, facts, on)), words, facts)
        case Each():
            return _each(rule, facts, on)


def _all(answers: Iterable[Answer]) -> Answer:
    given = tuple(answers)
    against = [each for each in given if each.truth is False]
    if against:
        times = [each.earliest for each in against]
        latest = max((time for time in times if time), default=None) if all(times) else None
        return Answer(False, _joined(against), (), latest)
    unknown = [each for each in given if each.truth is None]
    missing = tuple(question for each in unknown for question in each.missing)
    return Answer(None if unknown else True, _joined(given), missing)


def _any(answers: Iterable[Answer]) -> Answer:
    given = tuple(answers)
    speaking = [each for each in given if each.truth]
    if speaking:
        return Answer(True, _joined(speaking))
    unknown = [each for each in given if each.truth is None]
    if unknown:
        return Answer(None, _joined(unknown), tuple(q for each in unknown for q in each.missing))
    earliest = min((each.earliest for each in given if each.earliest), default=None)
    return Answer(False, _joined(given), (), earliest)


def _flipped(answer: Answer) -> Answer:
    reasons = tuple(replace(each, holds=not each.holds) for each in answer.reasons)
    return Answer(None if answer.truth is None else not answer.truth, reasons, answer.missing)


def _each(rule: Each, facts: Facts, on: date) -> Answer:
    things = facts.get(rule.fact)
    if not isinstance(things, tuple):
        return _unknown(rule.fact, rule.words, facts)
    answers = [ask(rule.where, replace(facts, values={**facts.values, **thing}), on) for thing in things]
    return _reworded(_all(answers) if rule.every else _any(answers), rule.words, facts)


def _test(test: Test, facts: Facts, on: date) -> Answer:
    value = _value(test, facts, on)
    if value is None or value in test.unsure:
        return _unknown(test.fact, test.words, facts)
    limit, limit_words, question = _limit(test, facts, on)
    if question is not None:
        return Answer(None, (), (question,))
    truth = _compare(test.op, _measure(test.unit, value, on), limit)
    earliest = None if truth else _earliest(test, value, limit, on)
    words = (test.words.yes if truth else test.words.no).replace("{limit}", limit_words)
    if earliest is not None:
        words = words.replace("{short}", short_of(on, earliest)).replace("{earliest}", earliest.isoformat())
    return Answer(truth, (Reason(_filled(words, facts), truth, test.fact),), (), earliest)


def _value(test: Test, facts: Facts, on: date) -> Fact:
    if test.fact.startswith("setting:"):
        setting = facts.pack.setting(test.fact.removeprefix("setting:"), facts.village, on)
        return None if setting is None else setting.value
    return facts.get(test.fact)


def _limit(test: Test, facts: Facts, on: date) -> tuple[Limit, str, Question | None]:
    operand = test.operand
    if isinstance(operand, Setting):
        setting = facts.pack.setting(operand.id, facts.village, on)
        if setting is None:
            return None, "", Question(f"setting:{operand.id}", f"县里还没定这一项（{operand.id}）")
        return setting.value, str(setting.value), None
    if isinstance(operand, Amount):
        standard = facts.pack.standard(operand.kind, facts.village, facts.hukou_type, on)
        if standard is None:
            return (
                None,
                "",
                Question(
                    f"standard:{operand.kind}", f"县里还没给{facts.pack.kind_name(operand.kind)}，问镇里"
                ),
            )
        return _multiplied(operand, standard, facts, on)
    return operand, str(operand), None


def _multiplied(
    operand: Amount, standard: Standard, facts: Facts, on: date
) -> tuple[Limit, str, Question | None]:
    times = operand.times
    if isinstance(times, Setting):
        setting = facts.pack.setting(times.id, facts.village, on)
        if setting is None:
            return None, "", Question(f"setting:{times.id}", f"县里还没定这一项（{times.id}）")
        times = Fraction(str(setting.value))
    words = "" if times == 1 else f"的 {exact(times)} 倍"
    return standard.fen_per_year * times, standard.words + words, None


def _measure(unit: Unit, value: Fact, on: date) -> Fact:
    if unit is Unit.VALUE:
        return value
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day to count from")
    return full_months(value, on) // (12 if unit is Unit.YEARS else 1)


def _compare(op: Op, value: Fact, limit: object) -> bool:
    match op:
        case Op.IS:
            return value == limit
        case Op.AMONG:
            return isinstance(limit, tuple) and value in limit
        case Op.HAS:
            return isinstance(value, frozenset) and limit in value
    if not isinstance(value, int | Fraction) or not isinstance(limit, int | Fraction):
        raise TypeError(f"{value!r} and {limit!r} have no order")
    match op:
        case Op.AT_LEAST:
            return value >= limit
        case Op.OVER:
            return value > limit
        case Op.AT_MOST:
            return value <= limit
    return value < limit


def _earliest(test: Test, value: Fact, limit: object, on: date) -> date | None:
    # Only waiting can turn "at least so old" or "at least so long"; nothing else comes by itself.
    if test.op is not Op.AT_LEAST or not isinstance(value, date) or not isinstance(limit, int):
        return None
    return birthday(value, limit) if test.unit is Unit.YEARS else add_months(value, limit)


def _unknown(fact: str, words: Words, facts: Facts) -> Answer:
    asked = _filled(words.ask, facts) or KNOWN.get(fact) or "县里还没定这一项"
    return Answer(None, (), (Question(fact, asked, facts.person),))


def _reworded(answer: Answer, words: Words, facts: Facts) -> Answer:
    # A group may say one sentence for all its parts; the parts' facts stay as the place to go to.
    if answer.truth is None and words.ask:
        fact = answer.missing[0].fact if answer.missing else ""
        return replace(answer, missing=(Question(fact, _filled(words.ask, facts), facts.person),))
    sentence = words.yes if answer.truth else words.no
    if answer.truth is None or not sentence:
        return answer
    fact = answer.reasons[0].fact if answer.reasons else ""
    return replace(answer, reasons=(Reason(_filled(sentence, facts), answer.truth, fact),))


def _filled(words: str, facts: Facts) -> str:
    named = words.replace("{each}", str(facts.get("each.name") or ""))
    return named.replace("{state}", str(facts.get("each.said") or ""))


def _joined(answers: Iterable[Answer]) -> tuple[Reason, ...]:
    return tuple(reason for each in answers for reason in each.reasons)
