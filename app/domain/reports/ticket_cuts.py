"""What tickets are split by, and the words for what they carry as codes."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.people.household import CLASSES
from app.domain.reports.cutting import AGE, GROUP, HOUSE_HUKOU, MONTH, SEX, UNKNOWN, VILLAGE, Cut, by_class
from app.domain.reports.facts import TicketFact

CHANNELS = {
    "come": "来访", "letter": "来信", "call": "来电", "visit": "上门走访", "clue": "线索",
    "hotline": "12345", "online": "网上", "proxy": "代办",
}  # fmt: skip
DISPOSITIONS = {"instant": "当场办", "transfer": "转出去", "deliberation": "一事一议", "explain": "讲政策"}
UNDECIDED = "还没说怎么办"
FIRST = ("month", "village", "group", "receiver", "item", "channel", "class", "hukou", "sex", "age")


def ticket_cuts(names: Mapping[str, str]) -> dict[str, Cut]:
    """Every way to split tickets, by key; `names` are the words for the codes of items."""
    cuts = (
        MONTH,
        VILLAGE,
        GROUP,
        Cut("receiver", "按首访人", "首访人", lambda one: (one.receiver or UNKNOWN,)),
        by_item(names),
        Cut("channel", "按怎么来的", "怎么来的", lambda one: (CHANNELS.get(one.channel, UNKNOWN),),
            tuple(CHANNELS.values())),
        by_class(CLASSES),
        HOUSE_HUKOU,
        SEX,
        AGE,
    )  # fmt: skip
    return {cut.key: cut for cut in cuts}


def by_item(names: Mapping[str, str]) -> Cut:
    """By the matter asked about; one ticket may be about several."""
    return Cut(
        "item",
        "按事项",
        "事项",
        lambda one: tuple(names.get(code, code) for code in one.items) or ("没归事项",),
    )


def by_item_of(names: Mapping[str, str]) -> Cut:
    """By the one matter a benefit is of."""
    return Cut("item", "按事项", "事项", lambda one: (names.get(one.item, one.item or UNKNOWN),))


def disposition(one: TicketFact) -> str:
    """How the matter is handled, in words."""
    return DISPOSITIONS.get(one.disposition, UNDECIDED)
