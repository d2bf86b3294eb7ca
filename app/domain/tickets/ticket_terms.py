"""The words a ticket's codes are said in, on the screen and on paper alike."""

from __future__ import annotations

from app.domain.tickets.ticket import Disposition, ReplyMode

CHANNELS = {
    "come": "人来的",
    "call": "打电话来的",
    "visit": "走访时说的",
    "proxy": "别人代来的",
    "hotline": "12345 转来的",
    "online": "网上来的",
    "letter": "写信来的",
    "clue": "线索",
}
# What the visitor is to the one it is about (与当事人关系).
RELATIONS = {
    "family": "一家人",
    "kin": "亲戚",
    "neighbour": "邻居",
    "official": "组长、干部",
    "other": "别的人",
}
COURSES = {
    Disposition.INSTANT: "当场办",
    Disposition.TRANSFER: "转出去",
    Disposition.DELIBERATION: "一事一议",
    Disposition.EXPLAIN: "讲政策",
}
TOLD_BY = {
    ReplyMode.FACE: "当面说的",
    ReplyMode.PHONE: "打电话说的",
    ReplyMode.MESSAGE: "发短信说的",
    ReplyMode.PAPER: "写成纸给的",
    ReplyMode.RELAY: "托人带的话",
}
FACES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
# 效率、水平、态度: the field of a Rating and how it is asked.
DIMENSIONS = {"speed": "办得快不快", "skill": "办得好不好", "manner": "态度好不好"}
# Who pointed (本人、代评、拒评); what somebody else points at is counted apart.
SELF, FAMILY, DECLINED = "本人", "家里人", "不愿评"
