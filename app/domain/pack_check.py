"""What must hold between the facts of a pack: names that lead somewhere, terms that do not clash."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from app.domain.facts import KNOWN
from app.domain.icons import ICONS
from app.domain.office import Season
from app.domain.policy import Pack, Standard
from app.domain.problem import Problem
from app.domain.rule import Amount, Op, Rule, Setting, Unit, lists, tests
from app.domain.service_item import Item
from app.domain.standing import Standing
from app.domain.visit import PURPOSES

LISTS = ("person.parents", "person.disabilities")


def consistency(pack: Pack) -> tuple[Problem, ...]:
    """Every reference that leads nowhere and every pair of facts that contradict each other."""
    found: list[Problem] = []
    for item in pack.items():
        found.extend(_item(item, pack))
    for name, rule in pack.rules.items():
        found.extend(_rule(rule, f"rules.toml：rules.{name}", pack))
    found.extend(_offices(pack))
    found.extend(_standards(pack.standards))
    for cadence in pack.cadences:
        if cadence.purpose not in PURPOSES:
            found.append(_lost("cadence.toml", cadence.id, "purpose", cadence.purpose, PURPOSES))
    found.extend(_sources(pack))
    return tuple(dict.fromkeys(found))


def _item(item: Item, pack: Pack) -> Iterator[Problem]:
    file = f"items/{item.code}.toml"
    papers, errands = {each.id for each in item.materials}, {each.id for each in item.errands}
    causes, offices = {each.code for each in pack.trip_causes}, {each.id for each in pack.offices}
    if item.icon and item.icon not in ICONS:
        yield _lost(file, "", "icon", item.icon, ICONS)
    if item.for_child and item.publicity is not None and item.publicity.days:
        yield Problem(f"{file}：publicity.days", "孩子的事不公示，这里写 0")
    for material in item.materials:
        place = f"material[{material.id}]"
        if material.icon not in ICONS:
            yield _lost(file, place, "icon", material.icon, ICONS)
        yield from (
            _lost(file, place, "causes", each, causes) for each in material.causes if each not in causes
        )
        if material.when:
            yield from _rule(material.when, f"{file}：{place}.when", pack)
    yield from (_lost(file, "", "causes", each, causes) for each in item.causes if each not in causes)
    for errand in item.errands:
        place = f"errand[{errand.id}]"
        if errand.icon not in ICONS:
            yield _lost(file, place, "icon", errand.icon, ICONS)
        if errand.office not in offices:
            yield _lost(file, place, "office", errand.office, offices)
        yield from (
            _lost(file, place, "materials", each, papers) for each in errand.materials if each not in papers
        )
        yield from (
            _lost(file, place, "depends_on", each, errands)
            for each in errand.depends_on
            if each not in errands
        )
        if errand.when:
            yield from _rule(errand.when, f"{file}：{place}.when", pack)
    if not item.errands:
        yield Problem(f"{file}：errand", "一步也没写，老人不知道去哪里。至少写一个 [[errand]]")
    used = {each for errand in item.errands for each in errand.materials}
    yield from (
        Problem(f"{file}：material[{each}]", "没有哪一步要用这份材料，写进那一步的 materials，或删掉")
        for each in sorted(papers - used)
    )
    yield from _rule(item.rule, f"{file}：rule", pack)
    if item.worth:
        yield from _rule(item.worth, f"{file}：worth", pack)


def _rule(rule: Rule, place: str, pack: Pack) -> Iterator[Problem]:
    settings, kinds = {each.id for each in pack.settings}, {each.kind for each in pack.standards}
    for test in tests(rule):
        if test.fact.startswith("setting:"):
            if (name := test.fact.removeprefix("setting:")) not in settings:
                yield _nowhere(place, name, settings, "settings.toml 里没有这一项")
        elif test.fact not in KNOWN:
            yield _nowhere(place, test.fact, KNOWN, "程序不认识这个事实")
        if isinstance(test.operand, Setting) and test.operand.id not in settings:
            yield _nowhere(place, test.operand.id, settings, "settings.toml 里没有这一项")
        if isinstance(test.operand, Amount) and test.operand.kind not in kinds:
            yield _nowhere(place, test.operand.kind, kinds, "standards.toml 里没有这种标准")
        if test.unit is not Unit.VALUE and test.fact not in ("person.birth", "each.since"):
            yield Problem(place, f"{test.fact} 不是日子，不能数年月")
        if test.op in (Op.AT_LEAST, Op.AT_MOST, Op.OVER, Op.BELOW) and isinstance(test.operand, str):
            yield Problem(place, f"比大小要写整数，不能写“{test.operand}”")
    for name in lists(rule):
        if name not in LISTS:
            yield _nowhere(place, name, LISTS, "some、every 只能用在一列事实上")


def _offices(pack: Pack) -> Iterator[Problem]:
    ids = {each.id for each in pack.offices}
    for office in pack.offices:
        place = f"office[{office.id}]"
        if office.icon not in ICONS:
            yield _lost("offices.toml", place, "icon", office.icon, ICONS)
        if office.part_of and office.part_of not in ids:
            yield _lost("offices.toml", place, "part_of", office.part_of, ids)
        if office.window.isdigit() and 0 < office.windows < int(office.window):
            yield Problem(f"offices.toml：{place}.window", "窗口号比窗口总数还大，看看哪个写错了")
        if office.seasons:
            yield from _hours(office.seasons, place)


def _hours(seasons: tuple[Season, ...], place: str) -> Iterator[Problem]:
    for ordinal in range(date(2028, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        open_on = [season.id for season in seasons if season.covers(day)]
        if len(open_on) != 1:
            words = "没有写开门时间" if not open_on else f"写了两种开门时间（{'、'.join(open_on)}）"
            yield Problem(
                f"offices.toml：{place}.hours", f"{day.month} 月 {day.day} 日{words}，改 from 和 to"
            )
            return


def _standards(standards: tuple[Standard, ...]) -> Iterator[Problem]:
    for one, other in combinations(standards, 2):
        same = (one.kind, one.hukou, one.standing.region) == (other.kind, other.hukou, other.standing.region)
        if same and _overlap(one.standing, other.standing) and _same_ages(one, other):
            yield Problem(
                f"standards.toml：standard[{other.id}]",
                f"和 {one.id} 在同一时间都有效，给旧的写上 valid_to",
            )


def _overlap(one: Standing, other: Standing) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends


def _same_ages(one: Standard, other: Standard) -> bool:
    if one.ages is None or other.ages is None:
        return one.ages is other.ages
    return max(one.ages[0], other.ages[0]) <= min(one.ages[1], other.ages[1])


def _sources(pack: Pack) -> Iterator[Problem]:
    # An amount nobody can trace is worse than none: a worker would quote it to a family.
    for standard in pack.standards:
        if not standard.standing.source:
            yield Problem(f"standards.toml：standard[{standard.id}].source", "金额要写出处：哪份文件、哪一天")


def _lost(file: str, place: str, key: str, name: str, known: Iterable[str]) -> Problem:
    return _nowhere(f"{file}：{'.'.join(part for part in (place, key) if part)}", name, known, "没有这个名字")


def _nowhere(place: str, name: str, known: Iterable[str], words: str) -> Problem:
    near = difflib.get_close_matches(name, list(known), 1)
    hint = f"，是不是 {near[0]}" if near else "，补上它或改正"
    return Problem(place, f"“{name}”：{words}{hint}", near[0] if near else None)
