"""Laying a county's own files over a reference pack: facts are overridden by id, never copied.

A pack is a mapping from file name (`items/GE.toml`) to the tables in it. Tables are merged key by
key and lists of tables by `key` or `id`; everything else, and every rule, is replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

Files = Mapping[str, Mapping[str, Any]]
MANIFEST = "pack.toml"
# Half of one rule and half of another would be a third rule that nobody wrote.
WHOLE = frozenset({"rule", "when", "worth", "whom"})
LAYER = "\0layer"  # beside the keys of a fact: the titles of the layers that wrote it, lowest first
TOWN_FILES = frozenset({"offices.toml", "standards.toml", "settings.toml"})
COUNTY_DIGITS = 6  # a region that is longer is a town's or a village's


@dataclass(frozen=True)
class _Writer:
    """Whose layer is being laid down."""

    title: str
    region: str  # facts that are new in it and name no region hold here
    whole: frozenset[str]
    inside: bool = False  # a fact: its parts hold where it does

    @property
    def town(self) -> bool:
        return is_town(self.region) and not self.inside


def merge(base: Files, *overlays: Files) -> dict[str, dict[str, Any]]:
    """`base` with every overlay laid over it in turn; the manifests are left to the caller.

    A fact new in an overlay that names no region holds in the overlay's own. `remove = true` takes
    a fact away. What a town says differently holds in the town only: beside the county's fact, not in
    its place.
    """
    merged: dict[str, dict[str, Any]] = {}
    for layer in (base, *overlays):
        manifest = layer.get(MANIFEST, {})
        title = str(manifest.get("title") or manifest.get("name") or "")
        region = "" if layer is base else str(manifest.get("region", ""))
        for name, tables in layer.items():
            if name == MANIFEST:
                continue
            whole = frozenset(tables.get("rules", {})) if name == "rules.toml" else frozenset()
            by = _Writer(title, region, WHOLE | whole)
            merged[name] = _tables(merged.get(name, {}), tables, by)
            if name.startswith("items/"):
                merged[name][LAYER] = (*merged[name].get(LAYER, ()), title)
    return merged


def is_town(region: object) -> bool:
    """Whether a layer of this region is one town's or one village's."""
    return isinstance(region, str) and len(region) > COUNTY_DIGITS


def town_slips(layer: Files) -> Iterator[tuple[str, str, str]]:
    """File, place and words of what a town's layer may not say: conditions and papers are the county's."""
    for name, tables in layer.items():
        if name == MANIFEST:
            continue
        if name not in TOWN_FILES:
            yield name, "", "镇里的包只能写办事地点、金额和县里放给镇里定的数，这个文件由县里写"
        for key, entries in tables.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, Mapping) and entry.get("remove") is True:
                    yield name, f"{key}[{identity(entry)}].remove", "镇里的包不能去掉县里写的，只能改"


def identity(entry: object) -> str:
    """What an entry of a list is overridden by: its `key`, else its `id`; empty when it has neither."""
    return str(entry.get("key") or entry.get("id") or "") if isinstance(entry, Mapping) else ""


def twice(files: Files) -> Iterator[tuple[str, str]]:
    """File and place of every entry that one layer writes twice: merging would hide the slip."""
    for name, tables in files.items():
        yield from ((name, place) for place in _twice(tables, ""))


def _twice(value: object, place: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _twice(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        seen: set[str] = set()
        for entry in value:
            name = identity(entry)
            if name and name in seen:
                yield f"{place}[{name}]"
            seen.add(name)
            yield from _twice(entry, f"{place}[{name}]")


def _tables(old: Mapping[str, Any], new: Mapping[str, Any], by: _Writer) -> dict[str, Any]:
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        if key not in by.whole and isinstance(value, Mapping) and isinstance(before, Mapping):
            result[key] = _tables(before, value, by)
        elif key not in by.whole and isinstance(value, list) and value and all(map(identity, value)):
            result[key] = _entries(before if isinstance(before, list) else [], value, by)
        else:
            result[key] = value
    return result


def _entries(old: list[Any], new: Iterable[Mapping[str, Any]], by: _Writer) -> list[Any]:
    order = {identity(entry): entry for entry in old}
    for entry in new:
        name = identity(entry)
        before = order.get(name)
        if entry.get("remove") is True:
            order.pop(name, None)
        elif before is None:
            own = {"region": by.region, **entry} if by.region else dict(entry)
            order[name] = {**own, LAYER: (by.title,)}
        else:
            made = {
                **_tables(before, entry, replace(by, inside=True)),
                LAYER: (*before.get(LAYER, ()), by.title),
            }
            if by.town and not str(before.get("region", "")).startswith(by.region):
                name = f"{name}@{by.region}"
                made |= {"key": name, "region": by.region}
            order[name] = made
    return list(order.values())
