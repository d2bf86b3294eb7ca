"""How often things happen in ten years of a village, as the reports of counties tell it.

Shares of matters, channels and ways are those the sources give for a county's whole year; they are drawn
for each ticket, so that a village has them nearly and a township closely.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from app.domain.tickets.ticket import Disposition
from app.domain.workdays import CHINA

Shares = Mapping[str, float]


def shares(text: str) -> Shares:
    """`DB:16 LS:14` as a table."""
    pairs = (entry.split(":") for entry in text.split())
    return MappingProxyType({name: float(weight) for name, weight in pairs})


# 低保, 临时救助, 残补, 高龄, 医保转办, 残疾证, 孤儿和事实无人抚养, 特困, 殡葬, 政策咨询, 证明, 其他
ITEMS = shares("DB:16 LS:14 CS:6 CH:6 GL:11 YJ:10 CZ:6 GE:0.5 SW:0.5 TK:3 BZ:3 ask:12 ZM:8 other:4")
CHANNELS = shares("come:48 visit:26 call:14 proxy:8 online:4")
NATURES = shares("reasonable:93 unreasonable:2 out_of_scope:5")
WAYS = shares("instant:69 transfer:12 deliberation:19")
RATINGS = shares("5:62 4:27 3:7 2:3 1:1")
SECOND_TRIPS = 0.12
CAUSES = shares("W01:14 W02:10 W03:9 W04:8 W05:9 W06:6 W07:7 W08:6 W09:5 W10:5 W11:4 W13:4 W14:4 W18:5 W19:4")
WITHDRAWN, STILL_OPEN_DAYS = 0.02, 40
DISPOSITIONS = {one.value: one for one in Disposition}

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "DB": ("家里添了病人，低保能不能办？", "复核的表交了，几时有信？", "隔壁讲低保要重新评？"),
        "LS": ("房子漏雨，修不起。", "住院的钱借遍了。", "这几个月转不开，米都要赊。"),
        "CS": ("有残疾证，怎么没补贴？", "补贴这个月没到账。"),
        "CH": ("瘫在床上要人招呼，有没有护理补贴？", "护理补贴停了是怎么回事？"),
        "GL": ("满八十了，高龄津贴怎么办？", "老娘的津贴领到哪里去了？"),
        "YJ": ("住院的发票拿回来了，到哪里报？", "慢病本子在哪里办？"),
        "CZ": ("残疾证要到期了，换证找哪个？", "残疾证丢了。"),
        "GE": ("孙女的爸妈都冒得信，判决几时下来？",),
        "SW": ("他爸爸进去了，妈妈几年没信，伢儿有没有补助？",),
        "TK": ("我一个人，做不动了，哪个管？",),
        "BZ": ("老人走了，火化的钱能不能免？",),
        "ask": ("听讲政策改了，我屋里够不够条件？", "养老金涨了没有？", "合作医疗几时交？"),
        "ZM": ("要开个亲属关系的证明。", "学校要贫困证明减学费。"),
        "other": ("屋后的坎要垮。", "路灯坏了几天。", "隔壁的水流到我田里。"),
    }
)
RESULTS = (
    "镇里已批，下月起发到卡上。", "当场代办，回执交到手里。", "讲清了条件和要带的东西，她晓得了。",
    "对方单位已办，打电话问过，办妥了。", "补好了材料，已经上报，镇里收了。", "临时救助已发，救了急。",
)  # fmt: skip
PLACES = ("枫香镇民政办", "镇医保窗口", "区残联", "枫香派出所", "镇社保站", "区教育局资助中心")
WAITS = ("二寸白底照片", "户口簿复印件", "住院结算单", "银行卡复印件")
OUTSIDE = ("派出所的回执", "法院判决", "医院的诊断证明")


def one_of(rng: random.Random, table: Shares) -> str:
    """One name, as often as its share says."""
    return rng.choices(list(table), list(table.values()))[0]


def moment(rng: random.Random, day: date) -> datetime:
    """Some time of the working day."""
    return datetime.combine(day, time(8, 30), CHINA) + timedelta(minutes=rng.randrange(9 * 60))
