"""Reading a form's tables into frozen values, refusing anything the form language does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.visits.form import OWN, Condition, Form, FormField, Group, Kind, Need, Option, Step

CHOOSING = frozenset({Kind.CHOICE, Kind.MULTI})
WITH_OPTIONS = CHOOSING | {Kind.PHOTOS}
EACH = frozenset({"member", "child", "elder", "care", "alive", "worker"})
FIELD_KEYS = frozenset(
    "id kind label short options alone usual note alarm need when each hint unit most front more"
    " paper wanted marked".split()
)


def read_form(data: Mapping[str, Any]) -> Form:
    """The form in the tables of a TOML file. Raises ValueError naming the first thing to mend."""
    steps = tuple(_step(entry) for entry in data["step"])
    every = [one for step in steps for group in step.groups for one in group.fields]
    fields = {one.id: one for one in every}
    if len(fields) != len(every):
        twice = next(one.id for one in every if sum(other.id == one.id for other in every) > 1)
        raise ValueError(f"field {twice} is there twice")
    for one in every:
        if one.when.answer and one.when.answer not in fields:
            raise ValueError(f"field {one.id} depends on {one.when.answer}, which is not there")
    return Form(str(data["edition"]), steps, fields)


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(str(entry["id"]), str(entry["title"]), tuple(_group(group) for group in entry["group"]))


def _group(entry: Mapping[str, Any]) -> Group:
    fields = tuple(_field(one) for one in entry["field"])
    return Group(
        str(entry.get("title", "")), fields, _condition(entry.get("when")), str(entry.get("total", ""))
    )


def _field(entry: Mapping[str, Any]) -> FormField:
    name = str(entry["id"])
    if unknown := set(entry) - FIELD_KEYS:
        raise ValueError(f"field {name} says {min(unknown)}, which means nothing")
    kind = Kind(entry["kind"])
    options = _options(name, entry)
    if (kind in WITH_OPTIONS) != bool(options):
        raise ValueError(f"field {name} of kind {kind} has the wrong options")
    each = str(entry.get("each", ""))
    if each and (each not in EACH or name in OWN or kind not in CHOOSING):
        raise ValueError(f"field {name} cannot be asked of each {each}")
    label = str(entry["label"])
    return FormField(
        id=name,
        kind=kind,
        label=label,
        short=str(entry.get("short", label)),
        options=options,
        need=Need(entry.get("need", "always")),
        when=_condition(entry.get("when")),
        each=each,
        hint=str(entry.get("hint", "")),
        unit=str(entry.get("unit", "")),
        most=int(entry.get("most", 0)),
        front=bool(entry.get("front", False)),
        more=str(entry.get("more", "")),
        paper=bool(entry.get("paper", True)),
        wanted=tuple(str(code) for code in entry.get("wanted", ())),
        marked=tuple(str(code) for code in entry.get("marked", ())),
    )


def _options(name: str, entry: Mapping[str, Any]) -> tuple[Option, ...]:
    words: Mapping[str, str] = entry.get("options", {})
    usual, notes = entry.get("usual", {}), entry.get("note", {})
    named = [code for key in ("alone", "alarm", "wanted", "marked") for code in entry.get(key, ())]
    for code in (*named, *usual, *notes):
        if code not in words:
            raise ValueError(f"field {name} has no option {code}")
    return tuple(
        Option(
            code=code,
            words=said,
            alone=code in entry.get("alone", ()),
            usual=_condition(usual[code]) if code in usual else None,
            note=str(notes.get(code, "")),
            alarm=code in entry.get("alarm", ()),
        )
        for code, said in words.items()
    )


def _condition(entry: Mapping[str, Any] | None) -> Condition:
    if entry is None:
        return Condition()
    known = {"purpose", "met", "classes", "members", "answer", "among"}
    if unknown := set(entry) - known:
        raise ValueError(f"a condition says {min(unknown)}, which means nothing")
    if unknown := set(entry.get("members", ())) - EACH:
        raise ValueError(f"no member is {min(unknown)}")
    return Condition(
        purpose=frozenset(entry.get("purpose", ())),
        met=frozenset(entry.get("met", ())),
        classes=frozenset(entry.get("classes", ())),
        members=frozenset(entry.get("members", ())),
        answer=str(entry.get("answer", "")),
        among=frozenset(entry.get("among", ())),
    )
