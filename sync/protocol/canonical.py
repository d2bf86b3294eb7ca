"""One spelling for every JSON value, so that equal facts have equal bytes and equal hashes."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from sync.protocol.limits import DEPTH

INTEGER_BOUND = 2**63  # what PostgreSQL, SQLite and JavaScript's BigInt can all hold
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_NESTING = (dict, list)
# Made once: an encoder for every value costs about as much as the value.
_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))
_RAW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """`value` with sorted keys, no spaces and ASCII only, so that even a lone surrogate has a hash."""
    return _CANONICAL.encode(value).encode("ascii")


def content_hash(value: Any) -> bytes:
    """SHA-256 of the canonical spelling, 32 bytes."""
    return hashlib.sha256(canonical(value)).digest()


def raw_size(value: Any) -> int:
    """About how many bytes `value` takes in a message before compression."""
    return len(_RAW.encode(value).encode("utf-8", "surrogatepass"))


def too_deep(value: Any, levels: int) -> bool:
    """Whether `value` nests more than `levels` lists and objects."""
    layer = [value] if isinstance(value, _NESTING) else []
    for _ in range(levels):
        if not layer:
            return False
        layer = [
            part
            for one in layer
            for part in (one.values() if isinstance(one, dict) else one)
            if type(part) in _NESTING  # as `json` makes them
        ]
    return bool(layer)


def unkeepable(value: Any, depth: int = 0) -> str:
    """Why `value` cannot be stored and compared as a field, or "" when it can.

    PostgreSQL's jsonb takes no U+0000 and no lone surrogate; fractions have no place in a record,
    because two machines may print the same one differently.
    """
    if depth > DEPTH:
        return "too_deep"
    if value is None or value is True or value is False:
        return ""
    if isinstance(value, str):
        return "bad_text" if _UNKEEPABLE.search(value) else ""
    if isinstance(value, int):
        return "" if -INTEGER_BOUND <= value < INTEGER_BOUND else "number_too_large"
    if isinstance(value, list):
        parts = value
    elif isinstance(value, dict):
        parts = [part for pair in value.items() for part in pair]
    else:
        return "fraction"
    for part in parts:
        if part is None or (type(part) is str and not _UNKEEPABLE.search(part)):
            continue  # nearly every one
        if why := unkeepable(part, depth + 1):
            return why
    return ""
