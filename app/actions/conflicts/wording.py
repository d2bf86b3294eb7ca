"""A field and its value in the worker's words, for any kind of record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.actions.desk import Desk
from app.domain.conflict import Conflict
from app.domain.money import spoken
from app.domain.people import codes
from app.domain.people.household import CLASSES, Household
from app.domain.people.person import Person
from app.domain.record import Json
from app.domain.tickets.ticket_map import WORDS as STATES
from app.domain.workdays import CHINA

NOTHING = "空着"
FIELDS: Mapping[str, str] = {
    "group": "组", "door": "门牌号", "head": "户主", "hukou_type": "户口性质", "classes": "救助类别",
    "category": "低保分类", "tags": "标记", "phone": "联系电话", "facts": "家里情况",
    "kin_of_staff": "是不是干部亲属", "review_on": "复核日期", "moved_out": "搬走了没有", "note": "备注",
    "household": "哪一户", "name": "姓名", "sex": "性别", "relation": "与户主关系", "birth": "出生日期",
    "id_number": "身份证号", "id_valid_until": "身份证到期日", "no_id_reason": "没有身份证号的原因",
    "ethnic": "民族", "marital": "婚姻", "education": "文化程度", "school_stage": "在读阶段",
    "life": "人在哪里", "hukou": "户口在哪个村", "disabilities": "残疾", "severe_illness": "有没有重病",
    "chronic_illness": "有没有慢病", "work_ability": "劳动能力", "self_care": "生活自理", "parents": "父母",
    "guardian": "监护人", "benefits": "享受的待遇", "account": "银行账号", "state": "办到哪一步",
    "owner": "谁负责", "request": "来办什么", "result": "办成什么样", "reply": "怎么回的话",
    "reply_mode": "回话方式", "replied_at": "什么时候回的话", "handed_to": "转给谁", "due_on": "哪天到期",
    "due_at": "几点到期", "waiting_for": "在等什么", "items": "什么事项", "visitor_name": "来的人",
    "visitor_phone": "来人的电话", "satisfaction": "满意不满意", "decision": "议的结果", "subject": "给谁办",
    "explanation": "政策怎么讲的", "purpose": "为什么去", "met": "见到人没有", "respondent": "谁答的",
    "answers": "走访填的", "started_at": "什么时候去的", "ended_at": "什么时候走的", "order": "先后次序",
    "outcome": "打得怎样", "done_at": "什么时候办的", "next_on": "下次哪天", "again_on": "下次哪天",
    "why": "为什么", "step": "办到哪一步", "conclusion": "核实下来怎样", "steps": "清单的步骤",
    "channel": "从哪里来", "who": "找谁", "what": "什么事", "printings": "打印过的", "words": "写的话",
}  # fmt: skip
YES = {True: "是", False: "否"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TABLES: Mapping[str, codes.CodeTable] = {
    "sex": codes.SEX, "relation": codes.RELATION, "ethnic": codes.ETHNIC, "marital": codes.MARITAL,
    "education": codes.EDUCATION, "school_stage": codes.SCHOOL_STAGE, "life": codes.LIFE,
    "work_ability": codes.WORK_ABILITY, "self_care": codes.SELF_CARE, "hukou_type": codes.HUKOU_TYPE,
}  # fmt: skip
PEOPLE = ("head", "guardian", "person", "subject", "visitor")


def field_words(field: str) -> str:
    """What a field is called on the screen."""
    return FIELDS.get(field, "这一格")


def value_words(desk: Desk, field: str, value: Json) -> str:
    """A value as a person would say it; codes, sums, days and people by name."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return YES[value]
    if isinstance(value, int):
        return spoken(value) if field.endswith("_fen") else str(value)
    if isinstance(value, list):
        return "、".join(value_words(desk, field, one) for one in value)
    if isinstance(value, dict):
        return "；".join(
            f"{FIELDS[name]}：{value_words(desk, name, one)}"
            if name in FIELDS
            else value_words(desk, name, one)
            for name, one in value.items()
        )
    return _text(desk, field, value)


def _text(desk: Desk, field: str, value: str) -> str:
    if field in TABLES:
        return TABLES[field].label(value)
    if field == "classes":
        return CLASSES.get(value, value)
    if field == "state":
        return next((words for state, words in STATES.items() if state.value == value), value)
    if field == "owner":
        return desk.worker_name if value == desk.worker else _colleague(desk, value)
    if field == "household":
        home = desk.store.reading.find(Household, value)
        return home.place if home else value
    if field in PEOPLE:
        person = desk.store.reading.find(Person, value)
        return person.name if person else value
    if MOMENT.match(value):
        return _when(datetime.fromisoformat, value, lambda at: f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}")
    if DAY.fullmatch(value):
        return _when(date.fromisoformat, value, lambda day: f"{day.year}年{day.month}月{day.day}日")
    return value


def _colleague(desk: Desk, worker: str) -> str:
    """The name of whoever has this id, as far as the county told it beside what was written differently."""
    for case in desk.store.reading.each(Conflict):
        for by, who in (
            (case.theirs_by, case.theirs_who),
            (case.mine_by, case.mine_who),
            (case.decided_by, case.decided_who),
        ):
            if by == worker and who:
                return who
    return "同事"


def _when(parse: Callable[[str], datetime | date], value: str, say: Callable[..., str]) -> str:
    try:
        return say(parse(value))
    except ValueError:
        return value
