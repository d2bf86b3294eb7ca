"""How a fact becomes the flat JSON body that is stored, compared field by field, and synced.

Bodies are canonical so that two devices compare equal when they mean the same: strings are NFC
and trimmed, dates are ISO, enums are their values, and empty values (None, "", (), {}) are left
out. A missing key therefore always means "empty", and adding a field needs no migration.
A nested value is compared and replaced whole: later releases add fields at the top level only.
"""

from __future__ import annotations

import json
import types
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, ClassVar, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

Json = None | bool | int | str | list[Any] | dict[str, Any]
Body = dict[str, Json]


class Record(Protocol):
    """A frozen dataclass that is kept and synced; `TYPE` names its kind for ever."""

    TYPE: ClassVar[str]

    @property
    def id(self) -> str: ...

    @property
    def village(self) -> str:
        """The 12-digit statistical code of the village the record belongs to (its sync bucket)."""
        ...


R = TypeVar("R", bound=Record)
OUTSIDE_BODY = ("id", "village")


def to_body(record: Record) -> Body:
    """The canonical body of `record`, without its id and village."""
    body = _plain(record)
    assert isinstance(body, dict)
    return {key: value for key, value in body.items() if key not in OUTSIDE_BODY}


def from_body(kind: type[R], record_id: str, village: str, body: Mapping[str, Json]) -> R:
    """Build a `kind` back from its body; keys this release does not know are ignored here and kept
    by the store. Raises ValueError or TypeError when a value cannot be what the field says."""
    record: R = _build(kind, {**body, "id": record_id, "village": village})
    return record


def canonical(value: Any) -> str:
    """JSON in which the same value is always the same text: keys sorted, no spaces, no escapes."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    # By exact type: a body has dozens of values, and every save builds two of them.
    kind = type(value)
    return (_CONVERTERS.get(kind) or _learn(kind))(value)


def _text(value: str) -> str:
    return value.strip() if value.isascii() else unicodedata.normalize("NFC", value).strip()


def _learn(kind: type) -> Callable[[Any], Any]:
    """How values of a type met for the first time become plain. TypeError for one with no place here."""
    convert: Callable[[Any], Any]
    if issubclass(kind, Enum):
        convert = _CONVERTERS[kind] = {one: _plain(one.value) for one in kind}.__getitem__
    elif issubclass(kind, frozenset):
        convert = _CONVERTERS[kind] = _sorted_texts
    elif issubclass(kind, Mapping):
        convert = _CONVERTERS[kind] = _mapping
    elif is_dataclass(kind):
        convert = _CONVERTERS[kind] = partial(_fields, names_of(kind))
    else:
        raise TypeError(f"{kind.__name__} has no place in a record")
    return convert


def _sorted_texts(value: frozenset[Any]) -> Json:
    return sorted(str(_plain(item)) for item in value)


def _mapping(value: Mapping[Any, Any]) -> Json:
    return {str(key): _plain(item) for key, item in value.items()}


def _fields(names: tuple[str, ...], value: Any) -> Json:
    body = {}
    for name in names:
        plain = _plain(getattr(value, name))
        if plain or (plain is not None and plain not in ("", [], {})):  # 0 and False say something
            body[name] = plain
    return body


_CONVERTERS: dict[type, Callable[[Any], Any]] = {
    str: _text,
    int: lambda value: value,
    bool: lambda value: value,
    type(None): lambda value: value,
    date: date.isoformat,
    datetime: datetime.isoformat,
    tuple: lambda value: [_plain(item) for item in value],
    list: lambda value: [_plain(item) for item in value],
    dict: _mapping,
}


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    """The names of a dataclass's fields, in their order."""
    return tuple(field.name for field in fields(kind))


def _build(kind: Any, data: Mapping[str, Any]) -> Any:
    arguments: dict[str, Any] = {}
    for name, build, required, empty in _plan(kind):
        if name in data and data[name] is not None:
            arguments[name] = build(data[name])
        elif required and empty is None:
            raise ValueError(f"{kind.__name__}.{name} is missing")
        elif required:  # a stranger's call has no household, a house may have no number
            arguments[name] = empty
    return kind(**arguments)


@cache
def _plan(kind: Any) -> tuple[tuple[str, Callable[[Any], Any], bool, str | tuple[()] | None], ...]:
    hints = get_type_hints(kind)
    return tuple(
        (
            field.name,
            _builder(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
            _empty(hints[field.name]),
        )
        for field in fields(kind)
    )


def _empty(hint: Any) -> str | tuple[()] | None:
    # What a body leaves out when it is empty; a number, day or choice is never empty.
    return "" if hint is str else () if get_origin(hint) is tuple else None


def _builder(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        return _builder(inner[0]) if len(inner) == 1 else lambda value: value
    if origin is tuple:
        item = _builder(arguments[0])
        return lambda value: tuple(item(each) for each in value)
    if origin is frozenset:
        return frozenset
    if hint in (date, datetime):
        parse: Callable[[Any], Any] = hint.fromisoformat
        return parse
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if is_dataclass(hint):
        return lambda value: _build(hint, value)
    if hint in (str, int, bool):
        return lambda value: _exactly(hint, value)
    return lambda value: value


def _exactly(hint: type, value: Any) -> Any:
    if type(value) is not hint:
        raise TypeError(f"{value!r} should be {hint.__name__}")
    return value
