"""Following every name in an item and its rules to what it names, and saying which lead nowhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from app.domain.icons import ICONS
from app.domain.packs.policy import Pack
from app.domain.packs.service_item import Errand, Item, Material
from app.domain.papers.paperwork import FormKind
from app.domain.problem import Problem
from app.domain.rules.facts import DAYS, KNOWN, LISTS, NUMBERS, SETS
from app.domain.rules.rule import Amount, Op, Operand, Rule, Setting, Test, Unit, Value, lists, tests

ORDERED = (Op.AT_LEAST, Op.AT_MOST, Op.OVER, Op.BELOW)


def item_problems(item: Item, pack: Pack) -> Iterator[Problem]:
    """What is wrong between the parts of `item`, and between it and the rest of the pack."""
    file = f"items/{item.code}.toml"
    causes = [each.code for each in pack.trip_causes]
    if item.icon:
        yield from _all_known(file, "icon", [item.icon], ICONS)
    yield from _all_known(file, "causes", item.causes, causes)
    if item.standard:
        yield from _all_known(file, "standard", [item.standard], [each.id for each in pack.kinds])
    if item.refer:
        yield from _all_known(file, "refer", [item.refer], [each.id for each in pack.offices])
    if item.for_child and item.publicity is not None and item.publicity.days:
        yield Problem(f"{file}：publicity.days", "孩子的事不公示，这里写 0")
    for material in item.materials:
        yield from _material(material, file, causes, pack)
    for errand in item.errands:
        yield from _errand(errand, item, file, pack)
    yield from _forms(item, file, pack)
    if not item.errands:
        yield Problem(f"{file}：errand", "一步也没写，老人不知道去哪里。至少写一个 [[errand]]")
    used = {each for errand in item.errands for each in errand.materials}
    for unused in sorted({each.id for each in item.materials} - used):
        words = "没有哪一步要用这份材料，写进那一步的 materials，或删掉"
        yield Problem(f"{file}：material[{unused}]", words)
    yield from rule_problems(item.rule, f"{file}：rule", pack)
    if item.worth:
        yield from rule_problems(item.worth, f"{file}：worth", pack)


def _forms(item: Item, file: str, pack: Pack) -> Iterator[Problem]:
    worded = {each.kind for each in pack.wordings}
    posted = item.publicity is not None and item.publicity.days > 0
    for form in item.forms:
        if form not in worded and (posted or form is not FormKind.NOTICE):
            yield Problem(f"{file}：form", f"forms.toml 里没有“{form.words}”（{form.value}）的字句，补上")


def proxy_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with the papers every agent brings."""
    causes = [each.code for each in pack.trip_causes]
    for each in pack.proxies:
        yield from _material(each.material, "proxies.toml", causes, pack, part="proxy")
        if each.unless:
            place = f"proxy[{each.material.id}].unless"
            yield from _all_known("proxies.toml", place, [each.unless], ICONS)


def _material(
    material: Material, file: str, causes: list[str], pack: Pack, *, part: str = "material"
) -> Iterator[Problem]:
    place = f"{part}[{material.id}]"
    if material.owe_setting:
        known = [each.id for each in pack.settings]
        yield from _all_known(file, f"{place}.owe_setting", [material.owe_setting], known)
    yield from _all_known(file, f"{place}.icon", [material.icon], ICONS)
    yield from _all_known(file, f"{place}.causes", material.causes, causes)
    if material.when:
        yield from rule_problems(material.when, f"{file}：{place}.when", pack)


def _errand(errand: Errand, item: Item, file: str, pack: Pack) -> Iterator[Problem]:
    place = f"errand[{errand.id}]"
    yield from _all_known(file, f"{place}.icon", [errand.icon], ICONS)
    yield from _all_known(file, f"{place}.office", [errand.office], [each.id for each in pack.offices])
    yield from _all_known(file, f"{place}.materials", errand.materials, [each.id for each in item.materials])
    earlier = [each.id for each in item.errands if each.order < errand.order]
    yield from _all_known(file, f"{place}.depends_on", errand.depends_on, earlier)
    if errand.when:
        yield from rule_problems(errand.when, f"{file}：{place}.when", pack)


def rule_problems(rule: Rule, place: str, pack: Pack) -> Iterator[Problem]:
    """Names in `rule` that nothing answers to, and comparisons that cannot be made."""
    for test in tests(rule):
        yield from _test(test, place, pack)
    for name in lists(rule):
        if name not in LISTS:
            yield nowhere(place, name, LISTS, "some、every 只能用在一列事实上")


def _test(test: Test, place: str, pack: Pack) -> Iterator[Problem]:
    settings, kinds = {each.id for each in pack.settings}, {each.id for each in pack.kinds}
    asked = [test.operand.id] if isinstance(test.operand, Setting) else []
    times = test.operand.times if isinstance(test.operand, Amount) else None
    if isinstance(times, Setting):
        asked.append(times.id)
        if not all(_is_times(each.value) for each in pack.settings if each.id == times.id):
            yield Problem(place, f'{times.id} 是倍数，settings.toml 里写在引号里，如 "1.5"')
    if test.fact.startswith("setting:"):
        asked.append(test.fact.removeprefix("setting:"))
    elif test.fact not in KNOWN:
        yield nowhere(place, test.fact, KNOWN, "程序不认识这个事实")
    for name in asked:
        if name not in settings:
            yield nowhere(place, name, settings, "settings.toml 里没有这一项")
    if isinstance(test.operand, Amount) and test.operand.kind not in kinds:
        yield nowhere(place, test.operand.kind, kinds, "kinds.toml 里没有这种标准")
    yield from _kinds(test, place, pack)


def _kinds(test: Test, place: str, pack: Pack) -> Iterator[Problem]:
    counted = test.unit is not Unit.VALUE
    if counted and test.fact not in DAYS:
        yield Problem(place, f"{test.fact} 不是日子，不能数年月")
    if test.op in ORDERED:
        if not counted and test.fact not in NUMBERS:
            yield Problem(place, f"{test.fact} 不是数，不能比大小")
        if not _is_number(test.operand, pack):
            yield Problem(place, f"比大小要写整数，不能写“{test.operand}”")
    elif counted:
        yield Problem(place, "年月只能比大小，用 at_least、below 这些")
    if test.op is Op.HAS and test.fact not in SETS:
        yield Problem(place, f"{test.fact} 不是一组，不能用 has")


def _is_number(operand: Operand, pack: Pack) -> bool:
    if isinstance(operand, Setting):
        return all(type(each.value) is int for each in pack.settings if each.id == operand.id)
    return isinstance(operand, Amount) or type(operand) is int


def _is_times(value: Value) -> bool:
    try:
        return not isinstance(value, bool) and Fraction(str(value)) > 0
    except (ValueError, ZeroDivisionError):
        return False


def _all_known(file: str, place: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    there = list(known)
    return (lost(file, place, "", name, there) for name in names if name not in there)


def lost(file: str, place: str, key: str, name: str, known: Iterable[str]) -> Problem:
    """The problem of `name`, written at `key` of `place`, leading nowhere."""
    return nowhere(f"{file}：{'.'.join(part for part in (place, key) if part)}", name, known, "没有这个名字")


def nowhere(place: str, name: str, known: Iterable[str], words: str) -> Problem:
    """`name` is not among `known`: say so, and offer the nearest."""
    near = difflib.get_close_matches(name, list(known), 1)
    hint = f"，是不是 {near[0]}" if near else "，补上它或改正"
    return Problem(place, f"“{name}”：{words}{hint}", near[0] if near else None)
