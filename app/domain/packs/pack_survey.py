"""Reading questionnaires (surveys/*.toml): every question, its choices, and when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.packs.pack_table import Table, read_standing
from app.domain.surveys.survey import (
    LEAST_TOGETHER,
    RATES,
    Asked,
    Choice,
    Kind,
    Naming,
    Need,
    Per,
    Question,
    Survey,
)

FOLDER = "surveys/"
LONGEST_ASK, LONGEST_SHORT, LONGEST_CHOICE = 60, 10, 18
MOST_NUMBER = 1_000_000
CHOOSING = (Kind.SINGLE, Kind.MULTI)


def read_survey(table: Table, region: str) -> Survey:
    """One `[[survey]]`: an edition of a questionnaire."""
    survey = Survey(
        table.text("id", required=True, longest=40),
        table.text("edition", required=True, longest=20),
        table.text("title", required=True, longest=20),
        table.text("short", required=True, longest=8),
        table.text("opening", longest=120),
        table.text("closing", longest=120),
        table.choice("naming", Naming, Naming.NAMED),
        table.choice("per", Per, Per.HOUSEHOLD),
        tuple(_question(one) for one in table.tables("question")),
        table.flag("after_ticket"),
        table.number("together", LEAST_TOGETHER, most=100),
        table.number("order", 100),
        read_standing(table, region),
    )
    if not survey.questions:
        table.wrong("question", "一题也没写，至少写一个 [[survey.question]]")
    if survey.together < LEAST_TOGETHER:
        table.wrong("together", f"不记名的攒够 {LEAST_TOGETHER} 份才拆，不能比这个少")
    return survey


def _question(table: Table) -> Question:
    kind = table.choice("kind", Kind, Kind.SINGLE)
    ask = table.text("ask", required=True, longest=LONGEST_ASK)
    question = Question(
        table.text("id", required=True, longest=40),
        kind,
        ask,
        table.text("short", required=True, longest=LONGEST_SHORT),
        _choices(table, kind),
        _when(table),
        table.flag("optional"),
        table.number("least", most=MOST_NUMBER),
        table.number("most", most=MOST_NUMBER),
        table.text("unit", longest=6),
        table.text("hint", longest=60),
        table.flag("faces"),
        table.text("low", longest=6),
        table.text("high", longest=6),
        table.text("rates"),
    )
    if kind is Kind.NUMBER and not question.most:
        table.wrong("most", "填数的题写明最大是几，填错了才看得出来")
    if kind in CHOOSING and len(question.choices) < 2:
        table.wrong("options", "选择题至少写两个答案")
    if kind not in CHOOSING and question.choices:
        table.wrong("options", "只有 single、multi 的题写答案")
    if question.faces and kind is not Kind.SCALE:
        table.wrong("faces", "只有 scale 的题用笑脸")
    if question.rates and question.rates not in RATES:
        table.wrong("rates", f"只能写其中一个：{'、'.join(RATES)}")
    table.done()
    return question


def _choices(table: Table, kind: Kind) -> tuple[Choice, ...]:
    words = _texts(table, "options")
    notes, needs = _texts(table, "note"), _needs(table)
    alone, report = table.words("alone"), table.words("report")
    for key, codes in (("note", notes), ("need", needs), ("alone", alone), ("report", report)):
        for code in codes:
            if code not in words:
                table.wrong(key, f"这一题没有 {code} 这个答案")
    if report and kind is not Kind.SINGLE:
        table.wrong("report", "要报告的答案只能写在 single 的题里")
    return tuple(
        Choice(code, said, code in alone, code in report, notes.get(code, ""), needs.get(code))
        for code, said in words.items()
    )


def _texts(table: Table, key: str) -> dict[str, str]:
    inner = table.table(key)
    if inner is None:
        return {}
    longest = LONGEST_CHOICE if key == "options" else 60
    return {code: inner.text(code, required=True, longest=longest) for code in inner.data}


def _needs(table: Table) -> dict[str, Need]:
    inner = table.table("need")
    if inner is None:
        return {}
    found = {}
    for code in inner.data:
        one = inner.table(code)
        if one is not None:
            words = one.text("words", required=True, longest=40)
            found[code] = Need(words, one.flag("urgent"), one.words("items"))
            one.done()
    return found


def _when(table: Table) -> tuple[Asked, ...]:
    value = table.take("when")
    entries = [value] if isinstance(value, Mapping) else value
    if entries is None:
        return ()
    if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
        table.wrong("when", '写在什么答案之后才问，如 { question = "tried", among = ["yes"] }')
        return ()
    return tuple(_asked(table, one) for one in entries)


def _asked(table: Table, entry: Mapping[str, Any]) -> Asked:
    inner = Table(table.file, f"{table.place}.when", entry, table.problems)
    asked = Asked(
        inner.text("question", required=True),
        inner.words("among"),
        inner.number("at_least", most=MOST_NUMBER) if "at_least" in entry else None,
        inner.number("at_most", most=MOST_NUMBER) if "at_most" in entry else None,
    )
    inner.done()
    if not asked.among and asked.at_least is None and asked.at_most is None:
        inner.wrong("among", "写明答了什么才问：among、at_least 或 at_most")
    return asked
