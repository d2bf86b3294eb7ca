"""The slip a citizen keeps (回执单、回音单): what stands on it, in words for an old reader, and what may not.

It is carried in a pocket and shown to neighbours: a form of address instead of a name, no number of a card
or an account, no illness by name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import CODE_ALPHABET, CODE_LENGTH
from app.domain.tickets.ticket import State, Ticket

LONG_FIGURES = re.compile(r"\d[\d\s-]{6,}[\dXx]")  # cards, accounts, telephones
ILLNESS = re.compile(
    "尿毒症|白血病|艾滋病?|乙肝|肝硬化|肺结核|精神分裂症?|精神病|抑郁症?|癫痫|脑瘫|血友病|梅毒"
    "|[肺胃肝肠乳腺食道子宫颈喉骨淋巴胰前列血]{0,4}(?:癌|肿瘤)"
)
MASKED = "＊＊＊"
ILL = "重病"


class SlipKind(StrEnum):
    """Which of the two slips."""

    TAKEN = "taken"  # 回执单: it was registered, and what happens now
    TOLD = "told"  # 回音单: what came of it

    @property
    def words(self) -> str:
        return {"taken": "回执单", "told": "回音单"}[self.value]


@dataclass(frozen=True)
class Elsewhere:
    """Where to turn for a certificate the village should not issue (替代途径)."""

    title: str  # 死亡证明
    instead: str
    place: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Slip:
    """Everything printed. `called` is a form of address, "" for somebody who gave no name.

    `asked` are her words made fit to be carried about; `receiver` is the first receiver (首访人), `helper`
    with a `phone` whom to ring in this village; `due` is the last day, `hears` how she will be told. A
    result, with the day and the way she was told, is only on a 回音单.
    """

    kind: SlipKind
    called: str
    number: str
    code: str
    matters: str
    asked: str
    received_on: date
    receiver: str
    helper: str
    phone: str
    course: str
    hears: str
    due: date | None = None
    estimated: bool = False
    urgent: bool = False
    elsewhere: Elsewhere | None = None
    result: str = ""
    told_on: date | None = None
    told_how: str = ""
    simulated: bool = False

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is lacking for it to be given away; with any of them it is printed as a draft only."""
        lacking = {
            "不知道村里打哪个电话": not self.phone,
            "还没说怎么办": not self.course and self.kind is SlipKind.TAKEN,
            "还没有结果": not self.result and self.kind is SlipKind.TOLD,
            "不知道该找的地方的电话": self.elsewhere is not None
            and bool(self.elsewhere.place)
            and not self.elsewhere.phone,
        }
        return tuple(words for words, missing in lacking.items() if missing)


def slip_code(ticket: str) -> str:
    """Six characters for the telephone, always the same for one ticket (by its id); they name nobody."""
    number = int.from_bytes(hashlib.sha256(ticket.encode()).digest()[:8])
    found = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        found += CODE_ALPHABET[place]
    return found


def fit_to_carry(words: str) -> str:
    """`words` without what no neighbour should read: figures of eight and more, illnesses by name."""
    return ILLNESS.sub(ILL, LONG_FIGURES.sub(MASKED, words))


def course_words(ticket: Ticket) -> str:
    """What is being done with it now, to her face; "" before that was decided or after it ended."""
    to, waits = ticket.handed_to, fit_to_carry(ticket.waiting_for)
    if ticket.state is State.TRANSFERRED or (ticket.state is State.IN_PROGRESS and to):
        return f"转给了{to}。您不用再跑，村里替您催。"
    return {
        State.INSTANT: "当场办，今天办好。",
        State.DELIBERATING: f"报{to or '镇里'}商量，一事一议。您不用再跑。",
        State.EXPLAINED: "政策讲给您听了，镇里再看一遍。",
        State.IN_PROGRESS: "正在办。您不用再跑，村里替您跟。",
        State.WAITING_APPLICANT: f"等您把这样拿来：{waits}。",
        State.WAITING_EXTERNAL: f"在等{waits}。村里每周替您问。",
        State.MERGED: "和别人来的同一件事一起办，有结果一样告诉您。",
        State.RESOLVED: "有结果了，马上告诉您。",
    }.get(ticket.state, "")


def hears_words(phone: str, *, of_village: bool) -> str:
    """How she will be told, by what she left: a telephone, a home here, or neither."""
    digits = "".join(one for one in phone if one.isdigit())
    if digits:
        return f"有了结果，打您尾号 {digits[-4:]} 的电话。"
    if of_village:
        return "有了结果，上门告诉您。"
    return "您没留电话：凭这个号来问，或打下面的电话。"
