"""Which questions are asked after which answers, what is still missing, and what the answers point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.problem import Problem
from app.domain.surveys.survey import SCALE_STEPS, Asked, Choice, Kind, Question, Survey
from app.domain.tickets.ticket_terms import FACES
from app.domain.visits.proposals import Proposal

Answers = Mapping[str, Any]


def asked(survey: Survey, answers: Answers) -> tuple[Question, ...]:
    """The questions asked after `answers`, in order. A question that was skipped lets no other be asked."""
    found: dict[str, Question] = {}
    for one in survey.questions:
        if not one.when or any(_holds(each, found, answers) for each in one.when):
            found[one.id] = one
    return tuple(found.values())


def skipped_words(survey: Survey, question: Question) -> str:
    """`第 4 题答「申请过」的才答`, as it stands above the question on paper; "" for one asked of all."""
    parts = [_when_words(survey, one) for one in question.when]
    return f"{'，或者'.join(parts)}的才答" if parts else ""


def pruned(survey: Survey, answers: Answers) -> dict[str, Any]:
    """The answers that are kept: none to a question that was skipped, and none that is to be reported."""
    return {
        one.id: answers[one.id]
        for one in asked(survey, answers)
        if not empty(answers.get(one.id)) and not any(each.report for each in chosen(one, answers))
    }


def lacking(survey: Survey, answers: Answers) -> tuple[Problem, ...]:
    """What stands between these answers and the end, in the order of the questions."""
    found = []
    for one in asked(survey, answers):
        if words := wrong(one, answers.get(one.id)):
            found.append(Problem(one.id, words))
    return tuple(found)


def wrong(question: Question, value: Any) -> str:
    """What is wrong with an answer, in words; "" for none."""
    if empty(value):
        return "" if question.optional else "这一题还没答。"
    codes = {one.code for one in question.choices}
    match question.kind:
        case Kind.SINGLE:
            good = isinstance(value, str) and value in codes
        case Kind.MULTI:
            good = isinstance(value, list | tuple) and set(value) <= codes
            if good and question.most and len(value) > question.most:
                return f"最多选 {question.most} 样，现在选了 {len(value)} 样。去掉几样。"
        case Kind.NUMBER:
            good = type(value) is int and question.least <= value <= (question.most or value)
            if not good:
                return f"填 {question.least} 到 {question.most}{question.unit} 的数。"
        case Kind.SCALE:
            good = type(value) is int and 1 <= value <= SCALE_STEPS
        case Kind.TEXT:
            good = isinstance(value, str)
    return "" if good else "这一题的答案看不懂，再选一次。"


def empty(value: Any) -> bool:
    """Whether nothing was answered; 0 is an answer."""
    return value is None or value in ("", [], ())


def chosen(question: Question, answers: Answers) -> tuple[Choice, ...]:
    """The choices an answer names."""
    value = answers.get(question.id)
    codes = value if isinstance(value, list | tuple) else (value,)
    return tuple(one for one in question.choices if one.code in codes)


def to_report(survey: Survey, answers: Answers) -> bool:
    """Whether an answer is a sign that must be reported at once."""
    return any(each.report for one in asked(survey, answers) for each in chosen(one, answers))


def proposals(survey: Survey, answers: Answers) -> tuple[Proposal, ...]:
    """The matters that answers point at, urgent ones first, else in the order of the questions."""
    found = tuple(_pointed_at(survey, answers))
    return tuple(sorted(found, key=lambda one: not one.urgent))


def answer_words(question: Question, value: Any) -> str:
    """An answer as it is read: the words of choices, a number with its unit."""
    if empty(value):
        return "没答"
    if question.kind in (Kind.SINGLE, Kind.MULTI):
        return "、".join(map(question.words_of, [value] if isinstance(value, str) else value))
    if question.kind is Kind.SCALE:
        return scale_words(question, value)
    return f"{value}{question.unit}"


def scale_words(question: Question, step: int) -> str:
    """A step of a scale: its number, with its word where it has one."""
    if question.faces:
        return FACES.get(step, str(step))
    ends = {1: question.low, SCALE_STEPS: question.high}
    return f"{step} {ends[step]}" if ends.get(step) else str(step)


def _holds(one: Asked, before: Mapping[str, Question], answers: Answers) -> bool:
    value = answers.get(one.question)
    if one.question not in before or empty(value):
        return False
    if one.among:
        codes = value if isinstance(value, list | tuple) else (str(value),)
        return bool(set(one.among) & set(codes))
    if type(value) is not int:
        return False
    return (one.at_least is None or value >= one.at_least) and (one.at_most is None or value <= one.at_most)


def _when_words(survey: Survey, one: Asked) -> str:
    question = survey.question(one.question)
    number = survey.number_of(one.question)
    if question is None:
        return ""
    if one.among:
        said = "、".join(f"「{question.words_of(code)}」" for code in one.among)
        return f"第 {number} 题答{said}"
    ends = [f"{one.at_least} 以上"] if one.at_least is not None else []
    ends += [f"{one.at_most} 以下"] if one.at_most is not None else []
    return f"第 {number} 题是 {'、'.join(ends)}"


def _pointed_at(survey: Survey, answers: Answers) -> Iterator[Proposal]:
    for one in asked(survey, answers):
        for each in chosen(one, answers):
            if each.need is not None and not each.report:
                need = each.need
                yield Proposal(f"{one.id}:{each.code}", need.words, need.urgent, need.items)
