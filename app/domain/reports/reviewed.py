"""Report 15: what the yearly reviews propose, and which benefits were really granted and ended."""

from __future__ import annotations

from app.domain.people.benefit_change import ENDINGS, Turn
from app.domain.people.household import CLASSES
from app.domain.reports.cutting import UNKNOWN, Cut, by_class, count, share, tabulate, total
from app.domain.reports.facts import Facts, VisitFact
from app.domain.reports.table import Table
from app.domain.reports.ticket_cuts import by_item_of

OPENS, CHANGE = "visit", "benefit_change"
REVIEWS = {"keep": "继续", "up": "增", "down": "减", "stop": "停"}
# Where a review says only how it looks: fitting goes on, not fitting should stop, the rest is open.
LOOKS = {"fits": "keep", "unfit": "stop"}
ENDING_WORDS = {ending.value: words for ending, words in ENDINGS.items()}
WHY = Cut("why", "按原因", "为什么停", lambda one: (ENDING_WORDS.get(one.why, UNKNOWN),))


def reviews(facts: Facts, _cut: Cut) -> tuple[Table, ...]:
    """15: the yearly reviews (VP06) and what they propose: go on, more, less, stop."""
    done = [one for one in facts.visits if one.purpose == "VP06" and one.met == "home"]
    measures = [count("年审", OPENS)]
    measures += [
        count(words, OPENS, lambda one, code=code: review(one) == code)  # type: ignore[misc]  # its own code
        for code, words in REVIEWS.items()
    ]
    measures += [
        count("还没定", OPENS, lambda one: not review(one)),
        share("停的占比", OPENS, lambda one: review(one) == "stop", review),
    ]
    table = tabulate("年审：继续、增、减、停", done, by_class(CLASSES), measures, charted=(1, 2, 3, 4))
    ended = [one for one in facts.changes if one.turn == Turn.ENDED]
    changes = (
        count("新增", CHANGE, lambda one: one.turn == Turn.GRANTED),
        total("新增人数", CHANGE, lambda one: one.people if one.turn == Turn.GRANTED else 0),
        count("停发", CHANGE, lambda one: one.turn == Turn.ENDED),
        total("停发人数", CHANGE, lambda one: one.people if one.turn == Turn.ENDED else 0),
    )
    return (
        table,
        tabulate("享受变动：新增、停发", facts.changes, by_item_of(facts.names), changes, charted=(0, 2)),
        tabulate("为什么停", ended, WHY, [count("停发", CHANGE)]),
    )


def review(one: VisitFact) -> str:
    """What a review proposes: what it says outright, else what its conclusion looks like, else ""."""
    return one.review or LOOKS.get(one.conclusion, "")
