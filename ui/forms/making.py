"""From a field of the form to the control that asks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.people.codes import RELATION, SELF_CARE, SEX
from app.domain.people.person import Person
from app.domain.visits.asking import Subject, chosen, self_care
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
from ui.forms.visits.darkroom import VisitAlbum
from ui.forms.visits.findings import FindingsEditor
from ui.forms.visits.handed_out import MaterialsEditor, TicketEditor
from ui.forms.visits.photos import PhotosEditor
from ui.forms.visits.signing import SigningEditor
from ui.forms.visits.sums import SumEditor
from ui.widgets.choice import Option

ABILITIES = "abilities_lost"


def make_editor(field: FormField, session: Session) -> Editor:
    """The control for `field`, empty."""
    if field.each:
        people = session.situation.asked_of(field)
        judge = judged if field.id == ABILITIES else None
        return EachPerson(field, people, lambda one: about(one, session), judge)
    return MAKERS[field.kind](field, session)


def about(person: Person | Subject, session: Session) -> str:
    """`孙子 · 男 · 9 岁`; of a matter, where it stands."""
    if isinstance(person, Subject):
        return person.about
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
    # What was given already stands in front too: a visit begun from the plan knows why it is made.
    usual = tuple(dict.fromkeys((*usual, *chosen(session.value(field.id)))))
    return Choices(
        [Option(one.code, one.words) for one in field.options],
        multi=field.kind is Kind.MULTI,
        alone=frozenset(one.code for one in field.options if one.alone),
        front=usual if field.more else (),
        more=field.more,
    )


def _members(session: Session) -> MemberEditor:
    here = [one for one in session.sitting.members if not one.readable_only]
    return MemberEditor([(one.id, f"{one.name} {RELATION.label(one.relation)}") for one in here])


def _visitors(session: Session) -> VisitorsEditor:
    sitting = session.sitting
    return VisitorsEditor(sitting.worker, sitting.worker_name, sitting.partners)


MAKERS: Mapping[Kind, Callable[[FormField, Session], Editor]] = {
    Kind.CHOICE: _choices,
    Kind.MULTI: _choices,
    Kind.MONEY: lambda one, session: SumEditor(last_fen(session, one.id)),
    Kind.NUMBER: lambda one, _session: NumberEditor(one.unit, one.most),
    Kind.TEXT: lambda _one, _session: TextEditor(),
    Kind.LONG_TEXT: lambda _one, _session: TextEditor(long=True),
    Kind.DATE: lambda one, session: DateEditor(session.sitting.today, ahead=one.id == "again_on"),
    Kind.MEMBER: lambda _one, session: _members(session),
    Kind.VISITORS: lambda _one, session: _visitors(session),
    Kind.TICKET: lambda _one, session: TicketEditor(session.sitting.matters, session.visit.ticket or ""),
    Kind.MATERIALS: lambda one, _session: MaterialsEditor([each.words for each in one.options]),
    Kind.FINDINGS: lambda _one, session: FindingsEditor(session.sitting.offices, session.sitting.items),
    Kind.PHOTOS: lambda one, session: PhotosEditor(one, VisitAlbum(one, session)),
    Kind.SIGNATURES: lambda _one, _session: SigningEditor(),
}
