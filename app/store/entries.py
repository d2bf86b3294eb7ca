"""What the search index should hold of a record: the row a hit shows, and the words that find it."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.people.household import CLASSES
from app.domain.record import Body
from app.store.terms import fragments, name_terms, normal, number_terms, place_terms, sound

INDEXED = ("person", "household", "ticket", "checklist")
Row = tuple[Any, ...]


def home_of(kind: str, record: str, body: Body) -> str:
    """The household a record is found with."""
    return record if kind == "household" else str(body.get("household") or "")


def entry(kind: str, record: str, body: Body, place: str) -> tuple[Row, set[str]]:
    """The row of `found` without its number, and the words that find it; `place` is its household's."""
    title, words = _words(kind, body)
    row = (record, kind, home_of(kind, record, body), title, place, _day(body.get("birth")), sound(title))
    return row, words | place_terms(place)


def _words(kind: str, body: Body) -> tuple[str, set[str]]:
    if kind == "person":
        return _person_words(body)
    if kind == "household":
        classes = [CLASSES.get(str(code), str(code)) for code in _list(body, "classes")]
        words = fragments(" ".join([*classes, *map(str, _list(body, "tags")), str(body.get("note") or "")]))
        return place_of(body), words | number_terms(str(body.get("phone") or ""))
    if kind == "ticket":
        title = str(body.get("visitor_name") or body.get("request") or "")
        words = name_terms(title[:8]) | fragments(str(body.get("request") or ""))
        return title, words | number_terms(str(body.get("number") or ""))
    title = f"{body.get('called', '')} {body.get('item_name', '')}"
    return title, fragments(title) | {normal(str(body.get("code") or ""))}


def _person_words(body: Body) -> tuple[str, set[str]]:
    name = str(body.get("name") or "")
    words = name_terms(name)
    for field in ("id_number", "phone"):
        words |= number_terms(str(body.get(field) or ""))
    return name, words | fragments(" ".join(map(str, _list(body, "tags"))))


def _list(body: Body, name: str) -> list[Any]:
    value = body.get(name)
    return value if isinstance(value, list) else []


def place_of(body: Body) -> str:
    """Where a household lives, as it is shown: group and door."""
    return f"{body.get('group') or ''} {body.get('door') or ''}".strip()


def _day(value: Any) -> str:
    # Another device's slip must not break every search that meets it.
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else ""
    except ValueError:
        return ""
