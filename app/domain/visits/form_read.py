"""Reading a form's tables into frozen values, refusing anything the form language does not know.

Where a condition says what a purpose `asks` about, the purposes themselves are put in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.visits.form import (
    OWN,
    Condition,
    Form,
    FormField,
    Group,
    Hint,
    Kind,
    Need,
    Option,
    Purpose,
    Step,
)
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES

CHOOSING = frozenset({Kind.CHOICE, Kind.MULTI})
WITH_OPTIONS = CHOOSING | {Kind.PHOTOS, Kind.MATERIALS}
EACH = frozenset("member child elder care alive worker patient inpatient matter benefit".split())
Purposes = Mapping[str, Purpose]
FIELD_KEYS = frozenset(
    "id kind label short options alone usual note alarm finding need when each hint unit most front more"
    " paper was wanted marked".split()
)


def read_form(data: Mapping[str, Any]) -> Form:
    """The form in the tables of a TOML file. Raises ValueError naming the first thing to mend."""
    purposes = _purposes(data.get("purpose", {}))
    steps = tuple(_step(entry, purposes) for entry in data["step"])
    every = [one for step in steps for group in step.groups for one in group.fields]
    fields = {one.id: one for one in every}
    if len(fields) != len(every):
        twice = next(one.id for one in every if sum(other.id == one.id for other in every) > 1)
        raise ValueError(f"field {twice} is there twice")
    for one in every:
        for condition in (one.when, *one.when.others):
            if condition.answer and condition.answer not in fields:
                raise ValueError(f"field {one.id} depends on {condition.answer}, which is not there")
    return Form(str(data["edition"]), steps, fields, purposes)


def _purposes(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Purpose]:
    """What each purpose requires. A form that says it for one says it for all."""
    if table and set(table) != set(PURPOSES):
        raise ValueError(f"purposes differ: {sorted(set(table) ^ set(PURPOSES))}")
    found = {}
    for code, entry in table.items():
        if unknown := set(entry) - {"asks", "investigation", "ticket"}:
            raise ValueError(f"purpose {code} says {min(unknown)}, which means nothing")
        found[code] = Purpose(
            code,
            frozenset(entry.get("asks", ())),
            bool(entry.get("investigation", False)),
            bool(entry.get("ticket", False)),
        )
    # Who must sign is law and not the form's to say.
    if table and {code for code, one in found.items() if one.investigation} != INVESTIGATIONS:
        raise ValueError("the form calls other purposes an investigation than the law does")
    return found


def _step(entry: Mapping[str, Any], purposes: Purposes) -> Step:
    groups = tuple(_group(group, purposes) for group in entry["group"])
    return Step(str(entry["id"]), str(entry["title"]), groups)


def _group(entry: Mapping[str, Any], purposes: Purposes) -> Group:
    fields = tuple(_field(one, purposes) for one in entry["field"])
    when = _condition(entry.get("when"), purposes)
    return Group(str(entry.get("title", "")), fields, when, str(entry.get("total", "")))


def _field(entry: Mapping[str, Any], purposes: Purposes) -> FormField:
    name = str(entry["id"])
    if unknown := set(entry) - FIELD_KEYS:
        raise ValueError(f"field {name} says {min(unknown)}, which means nothing")
    kind = Kind(entry["kind"])
    options = _options(name, entry, purposes)
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
        when=_condition(entry.get("when"), purposes),
        each=each,
        hint=str(entry.get("hint", "")),
        unit=str(entry.get("unit", "")),
        most=int(entry.get("most", 0)),
        front=bool(entry.get("front", False)),
        more=str(entry.get("more", "")),
        paper=bool(entry.get("paper", True)),
        wanted=tuple(str(code) for code in entry.get("wanted", ())),
        marked=tuple(str(code) for code in entry.get("marked", ())),
        was=str(entry.get("was", "")),
    )


def _options(name: str, entry: Mapping[str, Any], purposes: Purposes) -> tuple[Option, ...]:
    words: Mapping[str, str] = entry.get("options", {})
    usual, notes, found = entry.get("usual", {}), entry.get("note", {}), entry.get("finding", {})
    named = [code for key in ("alone", "alarm", "wanted", "marked") for code in entry.get(key, ())]
    for code in (*named, *usual, *notes, *found):
        if code not in words:
            raise ValueError(f"field {name} has no option {code}")
    return tuple(
        Option(
            code=code,
            words=said,
            alone=code in entry.get("alone", ()),
            usual=_condition(usual[code], purposes) if code in usual else None,
            note=str(notes.get(code, "")),
            alarm=code in entry.get("alarm", ()),
            finding=_hint(found[code]) if code in found else None,
        )
        for code, said in words.items()
    )


def _hint(entry: Mapping[str, Any]) -> Hint:
    if unknown := set(entry) - {"words", "urgent", "items"}:
        raise ValueError(f"a finding says {min(unknown)}, which means nothing")
    return Hint(str(entry["words"]), bool(entry.get("urgent", False)), tuple(entry.get("items", ())))


def _condition(
    entry: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None, purposes: Purposes
) -> Condition:
    """One condition, or the first of several with the rest as its `others`."""
    if not entry:
        return Condition()
    if not isinstance(entry, Mapping):
        first, *others = (_condition(one, purposes) for one in entry)
        return replace(first, others=tuple(others))
    known = {"purpose", "met", "classes", "members", "answer", "among", "asks", "from"}
    if unknown := set(entry) - known:
        raise ValueError(f"a condition says {min(unknown)}, which means nothing")
    if unknown := set(entry.get("members", ())) - EACH:
        raise ValueError(f"no member is {min(unknown)}")
    return Condition(
        purpose=frozenset(entry.get("purpose", ())) | _asking(entry.get("asks", ()), purposes),
        met=frozenset(entry.get("met", ())),
        classes=frozenset(entry.get("classes", ())),
        members=frozenset(entry.get("members", ())),
        answer=str(entry.get("answer", "")),
        among=frozenset(entry.get("among", ())),
        origins=frozenset(entry.get("from", ())),
    )


def _asking(subjects: Sequence[str], purposes: Purposes) -> frozenset[str]:
    """The purposes that ask about any of `subjects`."""
    for subject in subjects:
        if not any(subject in one.asks for one in purposes.values()):
            raise ValueError(f"no purpose asks about {subject}")
    return frozenset(code for code, one in purposes.items() if one.asks & set(subjects))
