"""Building a policy pack from the tables of its layers, or saying everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from app.domain.packs.follow_rule import read_follow_rule
from app.domain.packs.pack_cadence import read_cadence, read_group
from app.domain.packs.pack_form import read_wording
from app.domain.packs.pack_item import read_item, read_proxy
from app.domain.packs.pack_merge import MANIFEST, Files, is_town, merge, town_slips, twice
from app.domain.packs.pack_office import read_closure, read_department, read_office
from app.domain.packs.pack_proof import read_proof
from app.domain.packs.pack_survey import FOLDER, read_survey
from app.domain.packs.pack_table import LIMIT_UNITS, Table, check_region, read_amount, read_standing
from app.domain.packs.policy import (
    PERIODS,
    VERSION,
    CountySetting,
    Exclusion,
    Layer,
    Pack,
    Share,
    Standard,
    StandardKind,
    TicketLimit,
    TripCause,
)
from app.domain.packs.service_item import GROUPS, Item, Limit
from app.domain.problem import Problem
from app.domain.rules.rule import BadRule, Rule, parse

T = TypeVar("T")
LISTS = (
    "offices", "kinds", "standards", "settings", "proofs", "trips", "cadence", "exclusions", "proxies",
    "departments", "closures", "forms", "groups", "limits", "followups",
)  # fmt: skip


def read(base: Files, *overlays: Files) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack of `base` with `overlays` over it, and every problem found on the way.

    A pack with problems is for showing them only, never for use. The field of a problem is `file：key`, or
    `2/file：key` where it is in the second layer and in no other.
    """
    problems: list[Problem] = []
    folders = (base, *overlays)
    layers = tuple(_layer(f"{n}/{MANIFEST}", each, problems) for n, each in enumerate(folders, 1))
    problems.extend(_strays(layers, folders))
    files, region = merge(base, *overlays), layers[0].region
    named = _named(files)

    def facts(name: str, key: str, build: Callable[[Table, str], T]) -> tuple[T, ...]:
        return _facts(files, name, key, build, region, problems)

    items = sorted(_items(files, named, region, problems), key=_place)
    _strangers(files, problems)
    pack = Pack(
        layers,
        {item.code: item for item in items},
        offices=facts("offices.toml", "office", read_office),
        standards=facts("standards.toml", "standard", _standard),
        settings=facts("settings.toml", "setting", _setting),
        proofs=facts("proofs.toml", "proof", read_proof),
        trip_causes=facts("trips.toml", "trip", _trip),
        cadences=facts("cadence.toml", "cadence", lambda table, place: read_cadence(table, named, place)),
        exclusions=facts("exclusions.toml", "exclusion", _exclusion),
        rules=_rules(named, problems),
        kinds=facts("kinds.toml", "kind", _kind),
        departments=facts("departments.toml", "department", read_department),
        closures=facts("closures.toml", "closure", read_closure),
        proxies=facts("proxies.toml", "proxy", lambda table, place: read_proxy(table, named, place)),
        wordings=facts("forms.toml", "form", read_wording),
        follow_rules=facts("followups.toml", "followup", read_follow_rule),
        groups=facts("groups.toml", "group", lambda table, place: read_group(table, named, place)),
        limits=facts("limits.toml", "limit", _limit),
        surveys=sum((facts(name, "survey", read_survey) for name in _surveys(files)), ()),
    )
    return pack, tuple(dict.fromkeys(problems))


def _named(files: Files) -> Mapping[str, Any]:
    found = files.get("rules.toml", {}).get("rules", {})
    return found if isinstance(found, Mapping) else {}


def _items(files: Files, named: Mapping[str, Any], region: str, problems: list[Problem]) -> list[Item]:
    return [
        read_item(Table(name, "", tables, problems), named, region)
        for name, tables in sorted(files.items())
        if name.startswith("items/")
    ]


def _surveys(files: Files) -> list[str]:
    return sorted(name for name in files if name.startswith(FOLDER))


def _place(item: Item) -> tuple[int, int]:
    names = tuple(GROUPS)
    return names.index(item.group) if item.group in GROUPS else len(names), item.order


def _strangers(files: Files, problems: list[Problem]) -> None:
    for name in files:
        if not name.startswith(("items/", FOLDER)) and name.removesuffix(".toml") not in (*LISTS, "rules"):
            problems.append(Problem(name, "政策包里没有这种文件，看看文件名是不是写错了"))


def _layer(file: str, files: Files, problems: list[Problem]) -> Layer:
    table = Table(file, "", files.get(MANIFEST, {}), problems)
    if MANIFEST not in files:
        table.wrong("", "缺了 pack.toml，照 docs/packs.md 写一个")
    layer = Layer(
        table.text("name", required=True),
        table.text("version", required=True),
        table.text("title", required=True),
        table.text("region"),
        table.day("valid_to"),
        table.flag("simulated"),
        table.text("extends"),
    )
    check_region(table, layer.region)
    if layer.version and not VERSION.fullmatch(layer.version):
        table.wrong("version", '版本号写数字，中间可以有点，如 "3" 或 "2026.11"，每改一次就大一点')
    table.text("note", longest=1000)
    table.done()
    return layer


def _strays(layers: tuple[Layer, ...], tables: tuple[Files, ...]) -> Iterator[Problem]:
    """What a layer says twice, or of places and matters that are not its own to speak of."""
    for number, (layer, files) in enumerate(zip(layers, tables, strict=True), 1):
        if not layer.region.startswith(layers[0].region):
            words = f"区划 {layer.region} 不在下面那一层的 {layers[0].region} 里，改成本县的代码"
            yield Problem(f"{number}/{MANIFEST}：region", words)
        for name, place in twice(files):
            words = "这个编号写了两次，留一个；不同时期的用 key 区分"
            yield Problem(f"{number}/{name}：{place}", words)
        if is_town(layer.region):
            yield from (
                Problem(f"{number}/{file}：{place}".rstrip("："), words)
                for file, place, words in town_slips(files)
            )


def _facts(
    files: Files,
    name: str,
    key: str,
    build: Callable[[Table, str], T],
    region: str,
    problems: list[Problem],
) -> tuple[T, ...]:
    file = Table(name, "", files.get(name, {}), problems)
    made = []
    for table in file.tables(key):
        made.append(build(table, region))
        table.done()
    file.done()
    return tuple(made)


def _rules(named: Mapping[str, Any], problems: list[Problem]) -> dict[str, Rule]:
    rules = {}
    for name, data in named.items():
        try:
            rules[name] = parse(data, named, f"rules.{name}")
        except BadRule as bad:
            problems.append(Problem(f"rules.toml：{bad.place}", bad.words))
    return rules


def _standard(table: Table, region: str) -> Standard:
    period, hukou = table.text("period", required=True), table.text("hukou")
    if period and period not in PERIODS:
        table.wrong("period", f"周期只能写：{'、'.join(PERIODS)}")
    if hukou not in ("", "rural", "urban"):
        table.wrong("hukou", "只能写 rural（农村）或 urban（城市），都一样就不写")
    first, last = table.number("age_from", most=150), table.number("age_to", 150, most=150)
    standard = Standard(
        table.text("id", required=True),
        table.text("kind", required=True),
        read_amount(table, "amount"),
        period,
        hukou,
        (first, last) if "age_from" in table.data or "age_to" in table.data else None,
        table.flag("floor"),
        tuple(_share(each) for each in table.tables("share")),
        table.text("note"),
        read_standing(table, region),
    )
    if standard.shares and sum(share.amount for share in standard.shares) != standard.amount:
        table.wrong("share", "各级出的钱加起来不等于总数，看看哪个写错了")
    return standard


def _kind(table: Table, region: str) -> StandardKind:
    return StandardKind(table.text("id", required=True), table.text("name", required=True))


def _share(table: Table) -> Share:
    table.text("id")
    share = Share(table.text("payer", required=True), read_amount(table, "amount"))
    table.done()
    return share


def _setting(table: Table, region: str) -> CountySetting:
    name, value, note = table.text("id", required=True), table.take("value"), table.text("note")
    if not isinstance(value, bool | int | str):
        table.wrong("value", "这里写 true、false、整数或引号里的文字")
        value = False
    return CountySetting(name, value, note, read_standing(table, region))


def _trip(table: Table, region: str) -> TripCause:
    return TripCause(
        table.text("id", required=True),
        table.text("cause", required=True),
        table.text("short", required=True, longest=8),
        table.text("prevent", required=True),
        read_standing(table, region),
    )


def _limit(table: Table, region: str) -> TicketLimit:
    unit = table.text("unit", required=True)
    if unit and unit not in LIMIT_UNITS:
        table.wrong("unit", f"时限单位只能写：{'、'.join(LIMIT_UNITS)}")
    if "count" not in table.data:
        table.wrong("count", "写几个工作日、几天或几小时")
    return TicketLimit(
        table.text("id", required=True),
        Limit(table.number("count", most=400), unit),
        table.text("note"),
        read_standing(table, region),
    )


def _exclusion(table: Table, region: str) -> Exclusion:
    items = table.words("items")
    if len(items) != 2:
        table.wrong("items", '写两个事项代码，如 ["TK", "GE"]')
        items = ("", "")
    return Exclusion(
        table.text("id", required=True),
        (items[0], items[1]),
        table.text("words", required=True),
        table.flag("either"),
        read_standing(table, region),
    )
