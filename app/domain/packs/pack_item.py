"""Reading one service item from its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.packs.pack_form import read_form_of
from app.domain.packs.pack_table import Table, read_standing
from app.domain.packs.service_item import (
    GROUPS,
    Basis,
    Errand,
    Item,
    Material,
    Obtain,
    ProxyPaper,
    Publicity,
    Stage,
)
from app.domain.papers.paperwork import HANDED_IN, FormKind
from app.domain.rules.rule import AnyOf, Rule

NOBODY: Rule = AnyOf(())  # stands in for a rule that could not be read; the pack is refused anyway
OWNERS = ("", "applicant", "beneficiary", "household")


def read_item(table: Table, named: Mapping[str, Any], region: str) -> Item:
    """The item written in `table`; what is wrong is noted there and read on."""
    item = Item(
        code=table.text("code", required=True),
        name=table.text("name", required=True),
        spoken=table.text("spoken", required=True, longest=14),
        headline=table.text("headline", required=True, longest=16),
        rule=table.rule("rule", named, required=True) or NOBODY,
        worth=table.rule("worth", named),
        icon=table.text("icon"),
        group=table.text("group") or "other",
        order=table.number("order"),
        for_household=table.flag("for_household"),
        for_child=table.flag("for_child"),
        for_late=table.flag("for_late"),
        refer=table.text("refer"),
        standard=table.text("standard"),
        materials=tuple(_material(each, named, region) for each in table.tables("material")),
        errands=_in_order(tuple(_errand(each, named, region) for each in table.tables("errand"))),
        stages=_in_order(tuple(_stage(each, region) for each in table.tables("stage"))),
        limit=table.limit("limit"),
        longest=table.limit("longest"),
        publicity=_publicity(table),
        basis=tuple(_basis(each, region) for each in table.tables("basis")),
        causes=table.words("causes"),
        remind_days=table.number("remind_days", most=400),
        pays=table.text("pays"),
        stops=table.text("stops"),
        standing=read_standing(table, region),
    )
    table.done()
    if item.group not in GROUPS:
        table.wrong("group", f"只能写：{'、'.join(GROUPS)}")
    expected = f"items/{item.code}.toml"
    if item.code and table.file != expected:
        table.wrong("code", f"文件名要和代码一致，改成 {expected}")
    return item


def _in_order(things: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(things, key=lambda thing: thing.order))


def read_proxy(table: Table, named: Mapping[str, Any], region: str) -> ProxyPaper:
    """A paper every agent brings (proxies.toml), written like a material, with `unless` beside it."""
    unless = table.text("unless")
    return ProxyPaper(_material(table, named, region), unless)


def _material(table: Table, named: Mapping[str, Any], region: str) -> Material:
    material = Material(
        id=table.text("id", required=True),
        name=table.text("name", required=True, longest=14),
        icon=table.text("icon", required=True),
        obtain=table.choice("obtain", Obtain, Obtain.SUBMIT),
        owner=table.text("owner"),
        originals=table.number("originals", most=9),
        copies=table.number("copies", most=9),
        look_only=table.flag("look_only"),
        unit=table.text("unit", longest=2),
        note=table.text("note", longest=16),
        why=table.text("why", longest=16),
        issuer=table.text("issuer"),
        keeper=table.text("keeper"),
        photo=table.text("photo"),
        validity_days=table.number("validity_days", most=4000) or None,
        when=table.rule("when", named),
        causes=table.words("causes"),
        form=read_form_of(table, HANDED_IN),
        standing=read_standing(table, region),
        spec=table.text("spec", longest=16),
        owe=table.limit("owe"),
        owe_setting=table.text("owe_setting"),
    )
    if (material.owe or material.owe_setting) and material.obtain is not Obtain.DEFER:
        table.wrong("owe", '能后补的才写几天内补，加上 obtain = "DEFER"')
    if material.owner not in OWNERS:
        table.wrong("owner", f"只能写：{'、'.join(OWNERS[1:])}")
    brought = material.obtain in (Obtain.SUBMIT, Obtain.DEFER)
    if brought and not (material.originals or material.copies):
        table.wrong("originals", "要带的材料得写几份：originals（原件）或 copies（复印）")
    if not brought and not material.why:
        table.wrong("why", "不用带的材料要写一句为什么，如“县里系统能查到”")
    table.done()
    return material


def _errand(table: Table, named: Mapping[str, Any], region: str) -> Errand:
    errand = Errand(
        id=table.text("id", required=True),
        title=table.text("title", required=True, longest=8),
        icon=table.text("icon", required=True),
        order=table.number("order"),
        office=table.text("office", required=True),
        materials=table.words("materials"),
        depends_on=table.words("depends_on"),
        limit=table.limit("limit"),
        then=table.words("then"),
        external=table.flag("external"),
        when=table.rule("when", named),
        standing=read_standing(table, region),
        in_person=table.text("in_person"),
        before=table.day("before"),
    )
    if errand.in_person not in OWNERS:
        table.wrong("in_person", f"谁要到场，只能写：{'、'.join(OWNERS[1:])}")
    table.done()
    return errand


def _stage(table: Table, region: str) -> Stage:
    stage = Stage(
        table.text("id", required=True),
        table.text("name", required=True),
        table.text("who", required=True),
        table.number("order"),
        table.limit("limit"),
        table.text("route"),
        read_form_of(table, (FormKind.SURVEY,)),
        read_standing(table, region),
    )
    table.done()
    return stage


def _publicity(table: Table) -> Publicity | None:
    inner = table.table("publicity")
    if inner is None:
        table.wrong("publicity", "写清公示几天；不公示写 days = 0 和为什么")
        return None
    publicity = Publicity(
        inner.number("days", most=60),
        inner.text("unit") or "calendar",
        inner.number("levels", 1, most=3),
        inner.flag("counts_in_limit"),
        inner.text("why"),
        inner.flag("spare_minors"),
        inner.flag("causes"),
        inner.flag("meeting"),
    )
    inner.text("source")
    inner.flag("unverified")
    inner.done()
    if publicity.days == 0 and not publicity.why:
        inner.wrong("why", "不公示的，写一句为什么")
    return publicity


def _basis(table: Table, region: str) -> Basis:
    table.text("id")
    basis = Basis(table.text("title", required=True), table.text("number"), read_standing(table, region))
    table.done()
    return basis
