"""The sixteen reports of a county (县里要的报表): what each is called, what it counts and how it is split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.reports import found_out, reviewed, tickets_done, tickets_fast, tickets_felt, visits_made
from app.domain.reports.cutting import Cut
from app.domain.reports.facts import Facts
from app.domain.reports.found_out import clue_cuts
from app.domain.reports.period import Period
from app.domain.reports.table import Report, Table
from app.domain.reports.ticket_cuts import ticket_cuts
from app.domain.reports.visits_made import visit_cuts
from app.domain.reports.words import BASIS, Basis

GROUPS = {"tickets": "首访单", "visits": "走访", "policy": "政策", "open": "公开"}
TICKETS = ("month", "village", "group", "receiver", "item", "channel", "class", "hukou", "sex", "age")
CALLS = ("month", "village", "group", "class", "hukou", "sex", "age")
VISITS = ("purpose", "month", "village", "group", "worker", "origin", "class", "hukou")
Make = Callable[[Facts, Cut], tuple[Table, ...]]


@dataclass(frozen=True)
class Spec:
    """One report. `needs` names the kinds of facts it is made from, `cuts` the keys it may be split by.

    `asks` is what it answers, in the words of somebody who has to fill it in.
    """

    number: int
    key: str
    title: str
    asks: str
    group: str
    needs: tuple[str, ...]
    make: Make
    cuts: tuple[str, ...] = ()

    @property
    def basis(self) -> Basis:
        return BASIS[self.key]


REPORTS = (
    Spec(1, "handled", "首访受理、办结", "收了几件，办完几件，按期没有", "tickets", ("tickets",),
         tickets_done.handled, TICKETS),
    Spec(2, "ways", "三类处置占比", "当场办、转出去、一事一议各多少", "tickets", ("tickets",),
         tickets_done.dispositions, TICKETS),
    Spec(3, "items", "按事项", "都是为什么事来的", "tickets", ("tickets",), tickets_done.items),
    Spec(4, "people", "按村、按首访人", "各村、各人办得怎样", "tickets", ("tickets", "visits"),
         tickets_done.people),
    Spec(5, "callers", "来访人次、答复率", "来了多少人次，都答复了没有", "tickets", ("tickets",),
         tickets_done.callers, ("channel", *(key for key in TICKETS if key != "channel"))),
    Spec(6, "explained", "讲政策、听没听进去", "不归我们办的，讲清楚了没有", "tickets", ("tickets",),
         tickets_felt.explained),
    Spec(7, "trips", "二次跑腿率", "谁白跑了，为什么白跑", "tickets", ("tickets",),
         tickets_felt.second_trips, TICKETS),
    Spec(8, "ratings", "满意度五级", "群众满意不满意", "tickets", ("tickets",),
         tickets_felt.ratings, TICKETS),
    Spec(9, "calls", "回访完成率", "该回访的都回访了没有", "tickets", ("calls",),
         tickets_felt.calls, CALLS),
    Spec(10, "transfers", "转办部门多久回应", "转出去的，对方多久给话", "tickets", ("tickets",),
         tickets_fast.transfers),
    Spec(11, "urgent", "急难到位率", "急难的赶上了没有", "tickets", ("tickets",),
         tickets_fast.urgent, TICKETS),
    Spec(12, "handed_out", "材料发放、宣传", "发了多少资料，讲了多少政策", "visits",
         ("visits", "publicity", "events"), visits_made.handed_out),
    Spec(13, "coverage", "走访覆盖", "去了多少家，还有谁家没去", "visits",
         ("visits", "homes", "rounds"), visits_made.coverage, VISITS),
    Spec(14, "funnel", "线索漏斗", "线索核实了多少，帮到多少", "policy", ("clues",),
         found_out.funnel, ("signal", "source", "month")),
    Spec(15, "reviews", "年审", "继续、增、减、停各多少户", "policy", ("visits", "changes"),
         reviewed.reviews),
    Spec(16, "openness", "公示、用章季报", "贴了多少，盖了多少章", "open", ("notices", "seals"),
         found_out.openness),
)  # fmt: skip
BY_KEY = {spec.key: spec for spec in REPORTS}


def cuts_of(spec: Spec, facts: Facts) -> tuple[Cut, ...]:
    """The ways this report may be split, the usual one first; none where that is fixed."""
    known = {**visit_cuts(), **ticket_cuts(facts.names), **{cut.key: cut for cut in clue_cuts()}}
    return tuple(known[key] for key in spec.cuts)


def make(spec: Spec, facts: Facts, *, place: str, cut: str = "") -> Report:
    """The report over `facts`, split by the cut with that key, else in its usual way."""
    offered = cuts_of(spec, facts)
    usual = offered[0] if offered else visit_cuts()["month"]
    chosen = next((one for one in offered if one.key == cut), usual)
    return Report(
        number=spec.number,
        key=spec.key,
        title=spec.title,
        place=place,
        period=facts.period.words,
        basis=spec.basis.counts,
        source=spec.basis.source,
        tables=spec.make(facts, chosen),
        left_out=_left_out(spec, facts),
        cut=chosen.key if offered else "",
    )


def _left_out(spec: Spec, facts: Facts) -> tuple[str, ...]:
    said = list(spec.basis.left_out)
    if spec.key == "explained" and (waiting := tickets_felt.provisional(facts)):
        said.append(f"还有 {waiting} 件是我们拟定的，镇里没定，不算在内。")
    if spec.key == "ways":
        unsure = sum(not one.disposition for one in facts.tickets)
        told = sum(one.disposition == "explain" for one in facts.tickets)
        said.append(f"讲政策的 {told} 件、还没说怎么办的 {unsure} 件不在三类里。")
    return tuple(said)


def span(spec: Spec, period: Period) -> str:
    """`首访受理、办结 2026年11月`, as a file or a sheet is called."""
    return f"{spec.title} {period.words}"
