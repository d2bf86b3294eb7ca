"""Every field of every kind of record under its Chinese title, and its codes in words, for exports."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.people import codes
from app.domain.people.household import CLASSES
from app.domain.registers.clue import CONCLUSIONS, SIGNALS, SOURCES, STEPS
from app.domain.tickets.handling import NATURES
from app.domain.tickets.ticket_map import WORDS as STATES
from app.domain.tickets.ticket_terms import CHANNELS, COURSES, RELATIONS
from app.domain.visits.form_words import ORIGINS
from app.domain.visits.missed import REASONS
from app.domain.visits.visit import PURPOSES

KINDS = {
    "household": "住户", "person": "人", "visit": "走访", "ticket": "首访单", "ticket_event": "办理记录",
    "followup": "回访", "checklist": "办事清单", "benefit_change": "享受变动", "seal_log": "用章登记",
    "democratic_review": "民主评议", "public_notice": "公示", "publicity": "宣传", "event": "活动慰问",
    "clue": "线索", "missed_visit": "没去成的说明", "pairing": "结对帮扶", "visit_task": "要去的一户",
    "day_list": "一天的单子", "subtask": "协办", "survey_response": "问卷", "survey_asked": "问过谁",
    "survey_edition": "问卷的题目", "conflict": "写得不一样的",
}  # fmt: skip
# What only the program needs: seals and chains, pictures of signatures, what is laid out on paper.
LEFT_OUT = frozenset("seal signatures previous headline icon steps device printings editions edition".split())


def _titles(words: str) -> dict[str, str]:
    return dict(entry.split("=") for entry in words.split())


TITLES = _titles(
    "abstain=弃权 accompanied=谁陪着 account=银行账号 actor=谁 after=接着哪次 again_on=约好再去 "
    "against=反对 agree=同意 amends=更正哪一条 anonymous=不记名 answers=回答 approver=审批人 "
    "asked_at=什么时候要的 asked_by=谁要的 at=时间 attended=到会 base=原来的 basis=依据 "
    "beneficiary=给谁办 benefits=在享待遇 birth=出生日期 bounced_from=被哪里退回 bundled=合在哪张 "
    "by_hand=手写补的 call_on=打电话的日子 called=称呼 called_off=不用回访了 campaign=专项行动 "
    "category=低保分类 channel=渠道 checked_on=核实日期 checklist=办事清单编号 choice=怎么定的 "
    "chronic_illness=慢性病 classes=户类型 code=清单号 conclusion=结论 confirmed_by=谁认定 "
    "copies=份数 covered=纳入人数 day=日期 days=公示天数 decided_at=定的时间 decided_by=谁定的 "
    "decided_who=定的人 decision=决定 disabilities=残疾 disposition=怎么办 done_at=办完时间 "
    "door=门牌号 down_by=谁撤的 down_on=撤下日期 dropped=不用去了 due_at=到期时间 due_on=到期日 "
    "education=学历 ended_at=结束时间 escalated=升级 estimated=期限是推算的 ethnic=民族 expected=应到 "
    "explanation=讲了什么 facts=家里收支 field=哪一栏 found_on=发现日期 from_state=从 "
    "given_by=哪份名单 giver=谁给的 goer=谁去办 going_on=哪天去 gone=已删 goods=东西 group=组 "
    "guardian=监护人 handed_to=转给谁 head=户主 heard=怎么知道的 helper=帮扶人 host=主持人 "
    "household=户编号 hukou=户口所在村 hukou_type=城乡 id_number=身份证号 id_valid_until=证件有效期至 "
    "item=事项 item_name=事项名称 items=事项 kin_absent=亲属回避 kin_of_staff=干部亲属 kind=种类 "
    "level=层级 life=状况 made_on=做的日子 major=重大事项 marital=婚姻 merged_into=并到哪张单 "
    "met=见没见到 mine=后写的 mine_at=后写的时间 mine_by=后写的人编号 mine_op=后写的那次 "
    "mine_who=后写的人 minutes=记录 money_fen=金额（元） monthly_fen=每月（元） moved_out=搬走了 "
    "name=姓名 nature=性质 next_on=下次回访 no_id_reason=没有证号的原因 note=备注 noted_by=谁记的 "
    "notice=公示编号 noticed_until=公示到 number=号 objections=异议 of=哪一条 of_type=哪一种 on=日期 "
    "opened=票箱 opened_at=出现时间 order=先后 origin=怎么来的 outcome=结果 owed=容缺后补 "
    "owner=现在谁办 pack=政策包 paper=什么纸 papers=附的材料 parents=父母 people=人数 period=哪一期 "
    "person=人编号 persons=哪几个人 phone=电话 photos=照片 place=地点 posted_by=谁贴的 proof=证明 "
    "proposed=自动排的 purpose=目的 rated_by=谁评的 ratings=评价 reached=到场人数 receipt_at=回执时间 "
    "received_at=登记时间 received_by=首访人 recorded_at=记下时间 recorded_by=谁记下的 "
    "recused=回避的人 relation=关系 removes=删除的 replied_at=回话时间 reply=怎么回的 "
    "reply_mode=回话方式 reply_visit=回话那次走访 representatives=代表 request=来办什么 "
    "respondent=被访人 result=结果 review=评议编号 review_on=年审日期 rule=规定 said_at=说的时间 "
    "said_by=谁说的 satisfaction=满意度 school_stage=在读 sealer=盖章人 secret=无记名投票 "
    "self_care=自理 settled_on=定下来日期 severe_illness=重病 sex=性别 show_held=带不带证件样子 "
    "shown=公示内容 signal=线索类型 simulated=演练 since=从哪天起 source=来源 standard=标准 "
    "started_at=开始时间 state=到哪一步 step=到哪一步 subject=当事人 survey=哪份问卷 tags=标签 "
    "taken=对方已收 theirs=先写的 theirs_at=先写的时间 theirs_by=先写的人编号 theirs_who=先写的人 "
    "ticket=首访单编号 to_state=到 told_by=谁讲的 trips=跑了几趟 turn=变动 unanswered=没打通几次 "
    "unfinished=没办成的 unit=单位 until=到哪天 urgent=急难 use=用途 value=另写的 verb=做了什么 "
    "verdict=结论 visit=走访编号 visitor=来访人编号 visitor_name=来访人 visitor_phone=来访人电话 "
    "visitors=走访人 void=作废 voted_by=谁表决的 voted_on=表决日期 waiting_for=在等什么 way=怎么填的 "
    "what=内容 who=谁 why=为什么 words=说明 work_ability=劳动能力 worker=谁的 worker_name=办事员 "
    "worker_phone=办事员电话"
)
OTHER_TITLES = {
    ("household", "head"): "户主编号",
    ("person", "relation"): "与户主关系",
    ("event", "people"): "多少人次",
    ("subtask", "who"): "协办单位",
    ("clue", "people"): "涉及人数",
    ("ticket", "number"): "单号",
    ("seal_log", "number"): "用章号",
}
YES_NO = {True: "是", False: "否"}
BY_FIELD: Mapping[str, Mapping[str, str]] = {
    "classes": CLASSES, "purpose": PURPOSES, "origin": ORIGINS, "sex": codes.SEX.labels,
    "ethnic": codes.ETHNIC.labels, "marital": codes.MARITAL.labels, "education": codes.EDUCATION.labels,
    "school_stage": codes.SCHOOL_STAGE.labels, "life": codes.LIFE.labels,
    "hukou_type": codes.HUKOU_TYPE.labels, "work_ability": codes.WORK_ABILITY.labels,
    "self_care": codes.SELF_CARE.labels, "signal": SIGNALS, "source": SOURCES, "step": STEPS,
    "nature": NATURES, "from_state": {one.value: said for one, said in STATES.items()},
    "to_state": {one.value: said for one, said in STATES.items()},
    "disposition": {one.value: said for one, said in COURSES.items()},
    "met": {"home": "在家", "absent": "没人在家", "refused": "不让进", "moved": "搬走了", "dead": "过世了"},
    "turn": {"granted": "批下来", "ended": "停掉"},
    "of_type": KINDS,
}  # fmt: skip
BY_KIND: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("person", "relation"): codes.RELATION.labels,
    ("ticket", "relation"): RELATIONS,
    ("ticket", "channel"): CHANNELS,
    ("ticket", "state"): {one.value: said for one, said in STATES.items()},
    ("visit", "state"): {"draft": "没写完", "signed": "签了字"},
    ("public_notice", "state"): {"up": "贴着", "down": "撤下了"},
    ("conflict", "state"): {"open": "还没定", "decided": "定了"},
    ("clue", "conclusion"): CONCLUSIONS,
    ("missed_visit", "why"): REASONS,
}


def title_of(kind: str, field: str) -> str:
    """What the column of a field is called."""
    return OTHER_TITLES.get((kind, field)) or TITLES[field]


def said(kind: str, field: str, code: object) -> str:
    """A code in words; what is no code stands as it is."""
    table = BY_KIND.get((kind, field)) or BY_FIELD.get(field, {})
    return table.get(str(code), str(code))
