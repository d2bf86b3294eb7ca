"""From a field of the form to the control that asks it."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.people.codes import RELATION, SELF_CARE, SEX
from app.domain.people.person import Person
from app.domain.visits.asking import self_care
from app.domain.visits.form import FormField, Kind
from ui.forms.each import EachPerson
from ui.forms.editors import (
    Choices,
    DateEditor,
    Editor,
    MemberEditor,
    NumberEditor,
    TextEditor,
    VisitorsEditor,
)
from ui.forms.session import Session
from ui.forms.visits.findings import FindingsEditor
from ui.forms.visits.photos import PhotosEditor
from ui.forms.visits.signing import SigningEditor
from ui.forms.visits.sums import SumEditor
from ui.widgets.choice import Option

ABILITIES = "abilities_lost"


def make_editor(field: FormField, session: Session) -> Editor:
    """The control for `field`, empty."""
    sitting = session.sitting
    if field.each:
        people = session.situation.asked_of(field)
        judge = judged if field.id == ABILITIES else None
        return EachPerson(field, people, lambda one: about(one, session), judge)
    match field.kind:
        case Kind.CHOICE | Kind.MULTI:
            return _choices(field, session)
        case Kind.MONEY:
            return SumEditor(last_fen(session, field.id))
        case Kind.NUMBER:
            return NumberEditor(field.unit, field.most)
        case Kind.DATE:
            return DateEditor(sitting.today, ahead=field.id == "again_on")
        case Kind.MEMBER:
            here = [one for one in sitting.members if not one.readable_only]
            return MemberEditor([(one.id, f"{one.name} {RELATION.label(one.relation)}") for one in here])
        case Kind.VISITORS:
            return VisitorsEditor(sitting.worker, sitting.worker_name, sitting.partners)
    return _of_its_own(field, session)


def _of_its_own(field: FormField, session: Session) -> Editor:
    match field.kind:
        case Kind.FINDINGS:
            return FindingsEditor(session.sitting.offices, session.sitting.items)
        case Kind.PHOTOS:
            return PhotosEditor(field, session)
        case Kind.SIGNATURES:
            return SigningEditor()
    return TextEditor(long=field.kind is Kind.LONG_TEXT)


def about(person: Person, session: Session) -> str:
    """`孙子 · 男 · 9 岁`."""
    years = person.age_on(session.sitting.today)
    parts = [RELATION.label(person.relation), SEX.label(str(person.sex.value))]
    return " · ".join([*parts, *([f"{years} 岁"] if years is not None else [])])


def judged(codes: Sequence[str]) -> str:
    """`部分自理（1 样做不了）`: what the six abilities come to."""
    if not codes:
        return ""
    lost = sum(code != "none" for code in codes)
    level = SELF_CARE.label(self_care(lost))
    return f"{level}（{lost} 样做不了）" if lost else level


def last_fen(session: Session, name: str) -> int | None:
    """What was said last time, in fen."""
    last = session.sitting.said_before(name)
    given = last.answers.get(name) if last else None
    return int(given["fen"]) if isinstance(given, dict) else None


def _choices(field: FormField, session: Session) -> Choices:
    situation = session.situation
    usual = tuple(one.code for one in field.options if one.usual and situation.holds(one.usual))
    return Choices(
        [Option(one.code, one.words) for one in field.options],
        multi=field.kind is Kind.MULTI,
        alone=frozenset(one.code for one in field.options if one.alone),
        front=usual if field.more else (),
        more=field.more,
    )
