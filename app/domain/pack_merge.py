"""Laying a county's own files over a reference pack: facts are overridden by id, never copied.

A pack is a mapping from file name (`items/GE.toml`) to the tables in it. Tables are merged key by
key and lists of tables by `key` or `id`; everything else, and every rule, is replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Files = Mapping[str, Mapping[str, Any]]
MANIFEST = "pack.toml"
# Half of one rule and half of another would be a third rule that nobody wrote.
WHOLE = frozenset({"rule", "when", "worth"})


def merge(base: Files, *overlays: Files) -> dict[str, dict[str, Any]]:
    """`base` with every overlay laid over it in turn; the manifests are left to the caller.

    A fact new in an overlay that names no region holds in the overlay's own. `remove = true` takes
    a fact away.
    """
    merged = {name: dict(tables) for name, tables in base.items() if name != MANIFEST}
    for overlay in overlays:
        region = str(overlay.get(MANIFEST, {}).get("region", ""))
        for name, tables in overlay.items():
            if name != MANIFEST:
                whole = frozenset(tables.get("rules", {})) if name == "rules.toml" else frozenset()
                merged[name] = _tables(merged.get(name, {}), tables, region, WHOLE | whole)
    return merged


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


def _tables(
    old: Mapping[str, Any], new: Mapping[str, Any], region: str, whole: frozenset[str]
) -> dict[str, Any]:
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        if key not in whole and isinstance(value, Mapping) and isinstance(before, Mapping):
            result[key] = _tables(before, value, region, whole)
        elif key not in whole and isinstance(value, list) and value and all(identity(each) for each in value):
            result[key] = _entries(before if isinstance(before, list) else [], value, region, whole)
        else:
            result[key] = value
    return result


def _entries(
    old: list[Any], new: Iterable[Mapping[str, Any]], region: str, whole: frozenset[str]
) -> list[Any]:
    order = {identity(entry): entry for entry in old}
    for entry in new:
        name = identity(entry)
        if entry.get("remove") is True:
            order.pop(name, None)
        elif name in order:
            order[name] = _tables(order[name], entry, region, whole)
        else:
            order[name] = {"region": region, **entry} if region else dict(entry)
    return list(order.values())
