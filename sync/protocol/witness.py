"""How a copy from a life the county has lost is laid into what the county holds now: pure.

A device offers a record as the county itself had given it out, under the number it had then. It is taken
field by field: what the county holds from before its backup, or wrote since from something older than the
copy, gives way; what somebody wrote newly since stays, and the copy's value is set aside beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.record import Body, Json
from sync.protocol.merge import WHOLE, Disagreement, Held, Kind, same


@dataclass(frozen=True)
class Copy:
    """`number` is the one the record had in the life that was lost."""

    body: Mapping[str, Json]
    deleted: bool
    number: int


@dataclass(frozen=True)
class Adopted:
    """The record after it; `fields` maps what changed to (before, after)."""

    body: Body
    deleted: bool
    fields: Mapping[str, tuple[Json, Json]]
    beside: tuple[Disagreement, ...] = ()


def adopt(
    held: Held | None, copy: Copy, older: Callable[[str], bool], seen: Callable[[str], Json]
) -> Adopted:
    """The record with `copy` laid into it.

    `older(field)` says whether what stands there was written before the copy; `seen(field)` is what the
    writer of a newer value had before her: who had the copy's value before her eyes disagrees with nobody.
    """
    body = dict(held.body) if held else {}
    names = sorted({*body, *copy.body})
    differing = [name for name in names if not same(body.get(name), copy.body.get(name))]
    newer = [name for name in names if not older(name)]
    if held is not None and held.deleted:
        return Adopted(body, True, {})  # the deleted do not rise
    if copy.deleted:
        if newer:
            there: Json = {name: body.get(name) for name in newer}
            return Adopted(body, False, {}, (Disagreement(WHOLE, Kind.DELETED, None, there, None),))
        return Adopted({}, True, {name: (value, None) for name, value in body.items()})
    fields: dict[str, tuple[Json, Json]] = {}
    beside = []
    for name in differing:
        there, theirs = body.get(name), copy.body.get(name)
        if older(name):
            fields[name] = (there, theirs)
        elif not same(seen(name), theirs):
            beside.append(Disagreement(name, Kind.FIELD, None, there, theirs))
    for name, (_, value) in fields.items():
        body[name] = value
        if value is None:
            del body[name]
    return Adopted(body, False, fields, tuple(beside))
