"""Slips and file copies of the fictional village for tests of printed paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.tickets.file_copy import FileCopy, StoryLine
from app.domain.tickets.slip import Elsewhere, Slip, SlipKind
from tests.unit.documents.samples import DAY

TAKEN = Slip(
    kind=SlipKind.TAKEN,
    called="蒋奶奶",
    number="000137-4",
    code="H7XUPG",
    matters="孤儿基本生活费",
    asked="媳妇走了，伢儿读书钱冒得。",
    received_on=DAY,
    receiver="向海燕",
    helper="向海燕",
    phone="15400001108",
    course="转给了枫香镇民政办。您不用再跑，村里替您催。",
    hears="有了结果，打您尾号 3013 的电话。",
    due=date(2026, 11, 27),
)
TOLD = replace(
    TAKEN,
    kind=SlipKind.TOLD,
    result="孤儿证已发，生活费从下月起打到孩子卡上。",
    told_on=DAY,
    told_how="当面说的",
)
SPARED = replace(
    TAKEN,
    matters="要开死亡证明",
    asked="爷爷走了，要村里开个死亡证明。",
    elsewhere=Elsewhere(
        "死亡证明", "在家正常过世的，找镇卫生院开；在医院过世的找医院。", "枫香镇卫生院", "15400002233"
    ),
)
COPY = FileCopy(
    number="SF4399011012012026000137X",
    village="青石垭村",
    facts=(
        ("谁来的", "蒋桂英"),
        ("住哪里", "茶园组 3号"),
        ("怎么来的", "人来的"),
        ("首访人", "向海燕"),
        ("原话", "「媳妇走了，伢儿读书钱冒得。」"),
    ),
    kept=(
        ("件件有登记", "2026-11-20 14:32 取号 000137-X"),
        ("件件有结果", "孤儿证已发，生活费从下月起打到孩子卡上。"),
        ("件件有回音", "2026-11-20 14:40 当面说的：上门告诉了蒋奶奶。"),
    ),
    story=tuple(
        StoryLine(f"2026-11-20 14:{32 + n}", "向海燕", verb, note, f"3fa9c2{n:02d}")
        for n, (verb, note) in enumerate(
            (
                ("登记", "原话：「媳妇走了。」"),
                ("转给枫香镇民政办", ""),
                ("有结果了", "孤儿证已发"),
            )
        )
    ),
    trips=(("2026-11-21", "枫香派出所", "白跑了", "前置步骤没完成"),),
    calls=(("2026-11-27", "问派出所到哪一步了", "已受理，法院还没立案。"),),
    ratings=(("2026-11-28", "非常满意", "本人"),),
    seal="3fa9c202",
)
