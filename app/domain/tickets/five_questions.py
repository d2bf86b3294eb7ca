"""The five questions of a call (到哪一步、卡在哪、还缺什么、急难、下次), answered by pointing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.tickets.followup import Heard

STAGE, STUCK, LACKING, HARDSHIP, NEXT = "stage", "stuck", "lacking", "hardship", "next"
YES = "yes"


@dataclass(frozen=True)
class Question:
    """`answers` are (code, words); to those in `more` a few words can be added."""

    key: str
    asked: str
    answers: tuple[tuple[str, str], ...]
    more: frozenset[str] = frozenset()

    def words(self, code: str) -> str:
        """The words of an answer, the code itself for one a later release knows."""
        return dict(self.answers).get(code, code)


QUESTIONS = (
    Question(
        STAGE,
        "到哪一步了",
        (
            ("still", "还没动"),
            ("handed", "材料交了"),
            ("working", "他们在办"),
            ("approved", "批了"),
            ("paid", "钱到了"),
            ("done", "办好了"),
        ),
    ),
    Question(
        STUCK,
        "卡在哪里",
        (
            ("nowhere", "没卡住"),
            ("office", "别的部门"),
            ("papers", "材料"),
            ("person", "找不到人"),
            ("rule", "说不够条件"),
        ),
        frozenset({"office", "papers", "person", "rule"}),
    ),
    Question(
        LACKING,
        "还缺什么",
        (("nothing", "不缺"), ("papers", "材料"), ("sign", "签字"), ("photo", "照片"), ("money", "路费")),
        frozenset({"papers", "sign", "photo", "money"}),
    ),
    Question(
        HARDSHIP,
        "家里有没有急难",
        (("no", "没有"), (YES, "有，急着要帮"), ("unsaid", "不愿说")),
        frozenset({YES}),
    ),
    Question(NEXT, "下次什么时候联系", (("no", "不用"), ("week", "一周后"), ("month", "一月后"))),
)
BY_KEY = {one.key: one for one in QUESTIONS}


def said(heard: Iterable[Heard]) -> str:
    """`到哪一步了：批了。卡在哪里：材料（缺诊断书）。` What was not answered is left out."""
    parts = []
    for one in heard:
        question = BY_KEY.get(one.question)
        if question is None or not one.answer:
            continue
        more = f"（{one.words}）" if one.words else ""
        parts.append(f"{question.asked}：{question.words(one.answer)}{more}。")
    return "".join(parts)


def in_hardship(heard: Iterable[Heard]) -> bool:
    """Whether the family said that it cannot wait (急难)."""
    return any(one.question == HARDSHIP and one.answer == YES for one in heard)
