"""When the worker calls first (主动回访): rules of the pack, by what happened and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.packs.pack_table import Table, read_standing
from app.domain.packs.standing import EVERYWHERE, Standing

WHAT = "{what}"  # stands in `why` for what the matter waits for
LONGEST_DAYS = 400


class After(StrEnum):
    """What sets a rule off."""

    EXTERNAL = "external"  # it waits for police, court or hospital
    PAPERS = "papers"  # it waits for papers of the citizen
    CLOSED = "closed"  # it was closed
    PAID = "paid"  # the first payment was promised or made on that day
    FESTIVAL = "festival"  # a holiday is over while it is still open


@dataclass(frozen=True)
class FollowRule:
    """Calls `days` after what set the rule off. `again`: days until the next call while nothing has changed,
    0 for none. `holiday` names the one whose last day is counted from. With `from_age` the rule is for
    people of that many years who live alone (独居)."""

    id: str
    after: After
    days: tuple[int, ...]
    why: str
    again: int = 0
    holiday: str = ""
    from_age: int = 0
    standing: Standing = EVERYWHERE

    def words(self, what: str) -> str:
        """What is asked, about `what`."""
        return self.why.replace(WHAT, what)


def read_follow_rule(table: Table, region: str) -> FollowRule:
    """One `[[followup]]` of followups.toml; what is wrong is noted there and read on."""
    rule = FollowRule(
        id=table.text("id", required=True),
        after=table.choice("after", After, After.CLOSED),
        days=_days(table),
        why=table.text("why", required=True, longest=24),
        again=table.number("again", most=LONGEST_DAYS),
        holiday=table.text("holiday", longest=8),
        from_age=table.number("from_age", most=120),
        standing=read_standing(table, region),
    )
    if "after" not in table.data:
        table.wrong("after", f"写什么事以后打：{'、'.join(each.value for each in After)}")
    if WHAT in rule.why and rule.after not in (After.EXTERNAL, After.PAPERS):
        table.wrong("why", f"只有等公安、等材料的才写 {WHAT}，这里说清问什么")
    if (rule.after is After.FESTIVAL) != bool(rule.holiday):
        table.wrong("holiday", '节后回访要写节名，如 holiday = "春节"；别的不写')
    return rule


def rules_at(rules: tuple[FollowRule, ...], village: str, on: date) -> tuple[FollowRule, ...]:
    """The rules in force in `village` (12 digits) on that day, each id once, the nearest region's."""
    held = (each for each in rules if each.standing.holds(village, on))
    nearest = {each.id: each for each in sorted(held, key=lambda each: each.standing.rank)}
    return tuple(nearest[name] for name in dict.fromkeys(each.id for each in rules) if name in nearest)


def _days(table: Table) -> tuple[int, ...]:
    value = table.take("days")
    good = isinstance(value, list) and value and all(type(one) is int for one in value)
    if not good or not all(0 < one <= LONGEST_DAYS for one in value):
        table.wrong("days", "写几天以后打，一列整数，如 [7, 30]")
        return (7,)
    if list(value) != sorted(set(value)):
        table.wrong("days", "从小到大写，不重复")
    return tuple(value)
