"""Checklists of the fictional village, as the tests of printed paper use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.checklists.checklist import Checklist, Paper, Place, Step, Unneeded

DAY = date(2026, 11, 20)
TOWN = Place(
    "枫香镇政府",
    floor="1",
    window="3",
    windows=4,
    person="田干部",
    phone="15400002201",
    phone2="15400002202",
    morning="8:30–12:00",
    afternoon="2:30–5:30",
    closed="周六 周日",
)
COURT = Place(
    "云岭区人民法院",
    icon="court",
    floor="1",
    window="2",
    windows=6,
    person="覃法官",
    phone="15400003301",
    morning="9:00–12:00",
    afternoon="1:30–5:00",
    closed="周六 周日",
)
SIX = (
    Paper("id", "奶奶身份证", "id_front", 1, 2, look_only=True),
    Paper("hukou", "全家户口簿", "hukou", 1, 2, look_only=True),
    Paper("judgment", "法院判决书", "judgment", 1, 1),
    Paper("photo", "孩子一寸照", "photo_1inch", 2, unit="张"),
    Paper("card", "孩子银行卡", "bank_card", 1, 1, look_only=True),
    Paper("guardian", "监护证明", "guardian_proof", 1),
)
THREE_MORE = (
    Paper("death", "父亲死亡证明", "death_cert", 1, 1),
    Paper("school", "在校证明", "school_proof", 1, note="学校教务处开"),
    Paper("police", "派出所报案回执", "police_receipt", 1, 1, note="要盖红章"),
)
COURT_STEP = Step(
    "court",
    "去法院拿判决",
    "court",
    COURT,
    papers=(
        Paper("id", "奶奶身份证", "id_front", 1, 1, look_only=True, held=True),
        Paper("police", "派出所回执", "police_receipt", 1, 1, note="报案满 6 个月的那张"),
    ),
    takes="公告要等 3 个月",
    then=("法院给您打电话", "再去拿判决书"),
    external=True,
)
TOWN_STEP = Step(
    "town",
    "给孙子领生活费",
    "granny_child",
    TOWN,
    papers=SIX,
    unneeded=(Unneeded("申请表", "form", "窗口填"), Unneeded("村里证明", "village_proof", "村里去办")),
    takes="最迟 30 个工作日",
    then=("给您打电话", "钱到孩子卡上"),
)
SIGN_STEP = Step(
    "sign",
    "签字领钱",
    "sign",
    TOWN,
    papers=(
        Paper("id", "奶奶身份证", "id_front", 1, 0, look_only=True),
        Paper("card", "孩子银行卡", "bank_card", 1, 0, look_only=True),
        Paper("hukou", "全家户口簿", "hukou", 1, 0, look_only=True),
    ),
    takes="下个月开始发",
    then=("签好协议", "钱到孩子卡上"),
)
ORPHAN = Checklist(
    "c1",
    "439901101201",
    "h1",
    "p1",
    "GE",
    "孤儿基本生活费",
    "李奶奶",
    "K7M4P4",
    DAY,
    "hunan 2026.11",
    headline="给孙子领生活费",
    icon="granny_child",
    steps=(COURT_STEP, TOWN_STEP, SIGN_STEP),
    worker_name="向海燕",
    worker_phone="15400001108",
    simulated=True,
)
ELDER = replace(
    ORPHAN,
    item="GL",
    item_name="高龄津贴",
    called="覃爷爷",
    headline="领高龄津贴",
    icon="grandpa",
    steps=(
        Step(
            "apply",
            "领高龄津贴",
            "grandpa",
            replace(TOWN, name="青石垭村便民服务点", icon="village_office", floor="", window="1", windows=1),
            papers=(
                Paper("id", "爷爷身份证", "id_front", 0, 1),
                Paper("hukou", "户口簿", "hukou", 0, 1),
                Paper("card", "爷爷银行卡", "bank_card", 0, 1, note="要农商行的"),
                Paper("photo", "两寸照片", "photo_2inch", 2, unit="张", note="白底"),
            ),
            unneeded=(Unneeded("申请表", "form", "村里帮填"),),
            takes="最迟 22 个工作日",
            then=("给您打电话", "钱每月到卡上"),
        ),
    ),
)
GAPS = replace(
    ORPHAN,
    worker_phone="",
    steps=(
        replace(
            TOWN_STEP,
            place=Place("枫香镇便民服务中心", windows=4),
            papers=tuple(replace(paper, unverified=True) for paper in SIX[:5]),
        ),
    ),
)
NINE = replace(ORPHAN, steps=(replace(TOWN_STEP, papers=SIX + THREE_MORE),))
LONG = replace(
    ORPHAN,
    called="欧阳奶奶",
    item_name="困难残疾人生活补贴和重度残疾人护理补贴",
    worker_name="买合木提江·阿不都热合曼",
    steps=(
        replace(
            TOWN_STEP,
            title="给孙子办两项残疾人补贴",
            papers=tuple(
                replace(
                    paper, name=f"全家人的{paper.name}和附页", note="首页和每个人的那一页都要复印，用 A4 纸"
                )
                for paper in SIX
            ),
            place=replace(
                TOWN,
                name="枫香镇人民政府便民服务中心（原镇民政办老楼）",
                floor="老楼 2 楼右手边",
                window="社会救助综合窗口",
                windows=12,
                person="社会事务办公室田干部",
                closed="周六 周日 逢五逢十赶集日下午",
            ),
            unneeded=tuple(
                Unneeded(f"{name}证明材料", "village_proof", "村里到公安窗口去查")
                for name in ("婚姻", "亲属关系", "居住", "收入", "财产")
            ),
            then=("给您打电话，也给村里打电话", "钱到孩子的农村商业银行卡上"),
            takes="最迟 30 个工作日，遇到公示再加 7 天",
        ),
    ),
)
