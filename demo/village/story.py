"""The demo's day: who comes, what the worker types, and the words people say. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

CHINA = timezone(timedelta(hours=8))
ON = date(2026, 11, 20)  # a Friday in the winter timetable
AT = datetime(2026, 11, 20, 14, 32, tzinfo=CHINA)
# Case 30: the computer's clock says a day long before the last thing it saved.
CLOCK_WRONG_AT = datetime(2019, 1, 1, 8, 0, tzinfo=CHINA)


@dataclass(frozen=True)
class Worker:
    """A village worker (协理员). `id` is used until the county has given one at enrolment."""

    id: str
    name: str
    phone: str


WORKER = Worker("worker-xiang", "向海燕", "15400001108")
COLLEAGUE = Worker("worker-peng", "彭丽", "15400001109")
TOWN_OFFICER = Worker("worker-tian", "田志强", "15400002201")
PASSPHRASE = "qiaotou you sanke fengshu"  # noqa: S105  # opens fictional records only
COLLEAGUE_PASSPHRASE = "chayuan shoule babaijin cha"  # noqa: S105  # opens fictional records only

# 蒋奶奶: her son died of cancer, her daughter-in-law left, her grandson is nine.
GRANDMOTHER, GRANDMOTHER_CALLED = "蒋桂英", "蒋奶奶"
GRANDMOTHER_PHONE, GRANDMOTHER_OTHER_PHONE = "15400003013", "15400003031"
GRANDSON, GRANDSON_FATHER, GRANDSON_MOTHER = "何子航", "何建平", "周艳"
GROUP, DOOR = "茶园组", "3号"
SEARCH = "jgy"  # what the worker types to find her
SEARCH_GRANDSON = "hzh"
ITEM = "GE"  # 孤儿基本生活费
WORDS = "媳妇走了，伢儿读书钱冒得。"
CHECKLIST_HEADLINE = "给孙子领生活费"
HANDED_TO = "枫香镇民政办"
FIRST_TRIP_WHERE, FIRST_TRIP_OUTCOME = "枫香派出所", "报了孙子妈妈失踪，拿到回执"
WAITS_FOR = "派出所和法院的失踪认定"
FOLLOW_UP_WHY = "问公安、法院走到哪一步"
FOLLOW_UP_OUTCOME = "派出所已受理，法院还没立案。家里粮食够，不急用钱。"
RESULT = "孤儿证已发，生活费从下月起打到孩子卡上。"
REPLY = "上门当面告诉了蒋奶奶，孤儿证交到手里。"

VISIT_PURPOSE = "VP12"  # 看孩子
# What a tired hand types into 种地 by mistake: a hundred times last year's.
SLIP_TYPED, SLIP_MEANT_FEN = "180000", 180_000
SIGNERS = (GRANDMOTHER, WORKER.name)
# The two workers write the same cell of one household while both are offline.
DISAGREEMENT = MappingProxyType({"field": "phone", "worker": "15400003013", "colleague": "15400003031"})


def visit_answers(grandmother: str, grandson: str) -> dict[str, Any]:
    """What the worker learns at the house, by the ids of the visit form, for the ids of the two people.

    Amounts are integer fen for the last twelve months.
    """
    return {
        "members": {grandmother: ["same"], grandson: ["same"]},
        "newcomers": "none",
        "farm_crop": {"fen": SLIP_MEANT_FEN, "kind": "told"},
        "income_changed": "first",
        "pension_basic": {"fen": 168_000, "kind": "slip"},
        "subsidy": {"fen": 120_000, "kind": "slip"},
        "medical_self": {"fen": 96_000, "kind": "told"},
        "education_self": {"fen": 140_000, "kind": "told"},
        "child_safety": {grandson: "fine"},
        "child_school": {grandson: "day"},
        "child_contact": {grandson: "never"},
        "house_type": "wood",
        "hazards": ["fall"],
        "living": ["none"],
        "alive": {grandmother: "met"},
        "mood": "low",
        "needs": ["living", "school", "papers"],
        "needs_words": WORDS,
        "explained": ["GE", "LS"],
        "findings": [
            {"words": WORDS, "items": [ITEM], "disposition": "transfer", "to": HANDED_TO},
        ],
    }
