"""A policy pack (政策包): the items, offices, amounts and settings of one county, and how to look them up.

Every fact knows the region it holds in, the days it holds on, its source, and whether the county
has yet to check it (待核).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from app.domain.money import exact
from app.domain.packs.closure import Closure
from app.domain.packs.department import Department, named
from app.domain.packs.follow_rule import FollowRule
from app.domain.packs.office import Office, within
from app.domain.packs.proof import Proof
from app.domain.packs.service_item import GROUPS, Item, Limit, ProxyPaper
from app.domain.packs.standing import EVERYWHERE, Standing
from app.domain.papers.paperwork import FormKind, Wording
from app.domain.rules.rule import Rule, Value
from app.domain.surveys.survey import Survey

VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")  # of a layer; see `version_key`
ItemKinds = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (kind in words, ((code, name), …)), …
EVERY_PURPOSE = "*"  # among the `counts` of a cadence: a visit for whatever purpose serves
PERIODS = {"month": "月", "year": "年", "once": "次"}


@dataclass(frozen=True)
class Share:
    """Who pays what part of an amount (市级 50, 县级 50)."""

    payer: str
    amount: Fraction  # yuan


@dataclass(frozen=True)
class Standard:
    """An amount exactly as published: `amount` yuan per `period` (month year once).

    `floor` marks "at least": a county may pay more. `ages` are full years, both ends counted.
    """

    id: str
    kind: str
    amount: Fraction
    period: str
    hukou: str = ""  # rural urban, or both
    ages: tuple[int, int] | None = None
    floor: bool = False
    shares: tuple[Share, ...] = ()
    note: str = ""
    standing: Standing = EVERYWHERE

    @property
    def fen_per_year(self) -> Fraction:
        """For exact comparing only, never for showing. Raises ValueError for a one-off amount."""
        if self.period == "once":
            raise ValueError(f"{self.id} is paid once")
        return self.amount * 100 * (12 if self.period == "month" else 1)

    @property
    def words(self) -> str:
        """`5300 元/年`, as published; `至少 600 元/月` where it is a floor."""
        return f"{'至少 ' if self.floor else ''}{exact(self.amount)} 元/{PERIODS[self.period]}"


@dataclass(frozen=True)
class StandardKind:
    """What a kind of amount is called in a question (DB: 低保标准)."""

    id: str
    name: str


@dataclass(frozen=True)
class CountySetting:
    """A value a county decides: a ratio, a switch, an age. Fractions are kept as text."""

    id: str
    value: Value
    note: str = ""
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class TripCause:
    """Why somebody came in vain (白跑原因) and what prevents it; `short` is said at the counter."""

    code: str
    cause: str
    short: str
    prevent: str
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class Cadence:
    """How often a purpose of visit is due for a group: `count` of `unit` (hour workday day week month).

    `whom` says whose households are concerned, `category` and `hukou` narrow it; with neither it falls due
    only after something happened. `calendar`: once in every calendar month, quarter, half-year, year or week;
    otherwise counted from the last visit. `notice` days before its last day it joins the plan (0: a calendar
    one with the first day of its period, another on its last day). A visit for a purpose in `counts` serves
    too, any visit where that is `*`. `by_hand`: planned only when the worker puts it in.
    """

    id: str
    purpose: str
    who: str
    count: int
    unit: str
    category: str = ""
    hukou: str = ""
    standing: Standing = EVERYWHERE
    whom: Rule | None = None
    calendar: bool = False
    notice: int = 0
    counts: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True)
class KeyGroup:
    """People a village looks out for by name (重点人群), told from the facts of its register."""

    id: str
    name: str
    whom: Rule
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class TicketLimit:
    """By when a step of a first-visit ticket is due; `id` is one of `app.domain.tickets.limits.Timed`."""

    id: str
    limit: Limit
    note: str = ""
    standing: Standing = EVERYWHERE


@dataclass(frozen=True)
class Exclusion:
    """Two benefits one person may not draw together: whoever has the first of `items` is not given the
    second. `words` say so to the worker. `either`: only the higher of the two is paid (择高), so neither
    is refused and whoever has the one is told to compare.
    """

    id: str
    items: tuple[str, str]
    words: str
    either: bool = False
    standing: Standing = EVERYWHERE


def version_key(version: str) -> tuple[int, ...]:
    """What a version is ordered by: `2026.9` comes before `2026.11`. () for one that has no order."""
    return tuple(map(int, version.split("."))) if VERSION.fullmatch(version) else ()


@dataclass(frozen=True)
class Layer:
    """One folder a pack was read from."""

    name: str
    version: str
    title: str
    region: str = ""
    valid_to: date | None = None
    simulated: bool = False
    extends: str = ""  # the pack this one lies over


@dataclass(frozen=True)
class Pack:
    """Everything the rules know, merged from a reference and the county's own layers.

    Lookups take the place and the day: the nearest region wins, then the latest start.
    """

    layers: tuple[Layer, ...]
    item_table: Mapping[str, Item] = field(default_factory=dict)
    offices: tuple[Office, ...] = ()
    standards: tuple[Standard, ...] = ()
    settings: tuple[CountySetting, ...] = ()
    proofs: tuple[Proof, ...] = ()
    trip_causes: tuple[TripCause, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    kinds: tuple[StandardKind, ...] = ()
    signed: str = ""  # the version of the county's signed file it was read from
    unsigned: tuple[str, ...] = ()  # titles of layers that nobody signed
    departments: tuple[Department, ...] = ()
    closures: tuple[Closure, ...] = ()
    proxies: tuple[ProxyPaper, ...] = ()
    wordings: tuple[Wording, ...] = ()
    follow_rules: tuple[FollowRule, ...] = ()
    groups: tuple[KeyGroup, ...] = ()
    limits: tuple[TicketLimit, ...] = ()
    surveys: tuple[Survey, ...] = ()

    @property
    def label(self) -> str:
        """`hunan 2026.11 + 云岭区 1`: what is printed and kept with every decision."""
        first, *rest = self.layers
        return " + ".join(
            [f"{first.name} {first.version}", *(f"{layer.title} {layer.version}" for layer in rest)]
        )

    @property
    def region(self) -> str:
        """The code prefix of the county this pack is for."""
        return max((layer.region for layer in self.layers), key=len)

    @property
    def simulated(self) -> bool:
        return any(layer.simulated for layer in self.layers)

    def expired(self, on: date) -> bool:
        """Whether the pack's own term is over; work goes on, but only drafts are printed."""
        return any(layer.valid_to is not None and layer.valid_to < on for layer in self.layers)

    def items(self) -> tuple[Item, ...]:
        return tuple(self.item_table.values())

    def kinds_of_items(self) -> ItemKinds:
        """The items by what they are about: (过日子, ((DB, 最低生活保障), …)), …"""
        return tuple(
            (GROUPS[group], tuple((item.code, item.name) for item in found))
            for group, found in groupby(self.items(), key=lambda item: item.group)
        )

    def item(self, code: str) -> Item:
        """Raises KeyError when the county has not sent this item."""
        return self.item_table[code]

    def office(self, office_id: str, on: date, *, village: str = "") -> Office | None:
        """The office as it is on `on`, with what it shares from its hall; None when unknown.

        Where towns have halls of their own `village` (12 digits) says whose hall is meant; without
        it the most local one is given.
        """
        found = [
            each
            for each in self.offices
            if each.id == office_id and each.standing.holds(village or each.standing.region, on)
        ]
        if not found:
            return None
        office = max(found, key=lambda each: each.standing.rank)
        hall = self.office(office.part_of, on, village=village) if office.part_of else None
        return office if hall is None else within(office, hall)

    def standard(
        self, kind: str, region: str, hukou_type: str, on: date, *, age: int | None = None
    ) -> Standard | None:
        """The amount of `kind` for people registered in `region` (12 digits) of that hukou type."""
        found = [
            each
            for each in self.standards
            if each.kind == kind
            and each.standing.holds(region, on)
            and each.hukou in ("", hukou_type)
            and (each.ages is None or (age is not None and each.ages[0] <= age <= each.ages[1]))
        ]
        return max(found, key=lambda each: (each.standing.rank, each.hukou != ""), default=None)

    def setting(self, setting_id: str, region: str, on: date) -> CountySetting | None:
        found = [each for each in self.settings if each.id == setting_id and each.standing.holds(region, on)]
        return max(found, key=lambda each: each.standing.rank, default=None)

    def wording(self, kind: FormKind, region: str, on: date) -> Wording | None:
        """The printed words of one kind of application paper; None when the pack has none."""
        found = [each for each in self.wordings if each.kind is kind and each.standing.holds(region, on)]
        return max(found, key=lambda each: each.standing.rank, default=None)

    def kind_name(self, kind: str) -> str:
        return {each.id: each.name for each in self.kinds}.get(kind, kind)

    def proofs_at(self, village: str, on: date) -> tuple[Proof, ...]:
        """Certificates the village should not issue, each once, in the nearest region's words."""
        held = (each for each in self.proofs if each.standing.holds(village, on))
        nearest = {each.code: each for each in sorted(held, key=lambda each: each.standing.rank)}
        return tuple(
            nearest[code] for code in dict.fromkeys(each.code for each in self.proofs) if code in nearest
        )

    def trip_cause(self, code: str) -> TripCause:
        return {each.code: each for each in self.trip_causes}[code]

    def named(self, words: str, village: str, on: date) -> str:
        """`words` with every department in them under the name it bears on that day (原 …)."""
        return named(self.departments, words, village, on)
