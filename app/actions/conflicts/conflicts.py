"""冲突: what waits for a person's word, one of them with both values, the word itself, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.actions.conflicts.wording import NOTHING, field_words, value_words
from app.actions.desk import Desk
from app.actions.sync_state import KIND_WORDS, place_of
from app.domain.conflict import WHOLE, Choice, Conflict, Kind, State
from app.domain.locks import locked
from app.domain.people.identity import mask
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.record import Json
from app.domain.roles import Right, Role

SETTLED_SHOWN = 20
COVERED = ("id_number", "account")
GONE = "这一条已经删掉了"
REMOVED = "把这一条删掉"


@dataclass(frozen=True)
class Side:
    """One of the two values in words: what, by whom, when by the writer's clock, and whether by whoever
    looks."""

    words: str
    who: str
    at: datetime | None
    own: bool


@dataclass(frozen=True)
class Case:
    """One disagreement as the page shows it. `page` and `record` lead to what it is about.

    `choices` are those that can still be carried out; `typed`: a third value can be written as plain text;
    `both`: what the two lists are together, for a field that is a set.
    """

    id: str
    kind: Kind
    title: str
    what: str
    theirs: Side
    mine: Side
    choices: frozenset[Choice]
    typed: bool
    both: tuple[str, ...]
    page: str
    record: str
    opened_at: datetime
    old: bool
    open: bool
    choice: Choice | None
    decided_who: str
    waiting: bool  # the word is not at the county yet, so it can be taken back


def count(desk: Desk) -> int:
    """How many wait for a person's word."""
    return sum(one.open for one in desk.store.reading.each(Conflict))


def listing(desk: Desk) -> tuple[Case, ...]:
    """Those that wait, her own words first and the oldest of them on top; to a township officer, who steps
    in for what nobody decided, those that have waited too long come first."""
    found = [_case(desk, one) for one in desk.store.reading.each(Conflict) if one.open]
    officer = desk.role is Role.OFFICER
    return tuple(
        sorted(found, key=lambda one: (officer and not one.old, not one.mine.own, one.opened_at, one.id))
    )


def settled(desk: Desk) -> tuple[Case, ...]:
    """The last that were decided, newest first; those whose word still waits can be taken back."""
    rows = [one for one in desk.store.reading.each(Conflict) if not one.open]
    latest = sorted(rows, key=lambda one: (one.decided_at or one.opened_at, one.id), reverse=True)
    return tuple(_case(desk, one) for one in latest[:SETTLED_SHOWN])


def one(desk: Desk, conflict: str) -> Case:
    """One of them. A number that is covered elsewhere is shown whole to whoever may see it, and the log says
    so. Raises StorageFault when there is none."""
    held = desk.store.reading.get(Conflict, conflict)
    whole = desk.role.may(Right.REVEAL)
    if held.kind is Kind.FIELD and held.field in COVERED and whole:
        with desk.unit("reveal") as unit:
            unit.audit("reveal id_number", held.of)
    return _case(desk, held, whole=whole)


def decide(desk: Desk, conflict: str, choice: Choice, value: Json = None, *, seen: str) -> Case:
    """Her word, for everyone. `seen` is what stood on the screen as the county's value (`Side.words`).

    The county writes it into the record when it hears it. Raises UserError when somebody was faster, when
    what is there is no longer what she saw, when a third value is missing, or when it cannot be carried out.
    """
    held = desk.store.reading.get(Conflict, conflict)
    shown = _case(desk, held, whole=desk.role.may(Right.REVEAL))
    if not held.open:
        raise UserError(f"{held.decided_who or '别人'}已经定过了，不用再定。")
    if shown.theirs.words != seen:
        raise UserError("县里的值刚刚又变了，再看一眼。")
    if choice not in shown.choices:
        raise UserError("这一条现在不能这样定。")
    if choice is Choice.OTHER and (value is None or value in ("", [])):
        raise UserError("写上应该是什么。", field="value")
    settled_value = {Choice.THEIRS: held.theirs, Choice.MINE: held.mine, Choice.OTHER: value}[choice]
    with desk.unit("conflict") as unit:
        unit.save(
            replace(
                held,
                state=State.DECIDED,
                choice=choice,
                value=settled_value if held.kind is Kind.FIELD else None,
                decided_by=desk.worker,
                decided_who=desk.worker_name,
                decided_at=desk.now,
            )
        )
    return _case(desk, desk.store.reading.get(Conflict, conflict))


def take_back(desk: Desk, conflict: str) -> Case:
    """Undo her word while the county has not heard it. Raises UserError when it has."""
    with desk.unit("conflict") as unit:
        if not unit.take_back(Conflict.TYPE, conflict):
            raise UserError("已经传给县里了，改不回来。要改就到那一页上改。")
    return _case(desk, desk.store.reading.get(Conflict, conflict))


def _case(desk: Desk, held: Conflict, *, whole: bool = False) -> Case:
    page, record, whose = place_of(desk, held.of_type, held.of)
    kind = KIND_WORDS.get(held.of_type, "一条资料")
    choices = _choices(desk, held)
    return Case(
        id=held.id,
        kind=held.kind,
        title="：".join(part for part in (whose, kind) if part),
        what=field_words(held.field) if held.field != WHOLE else "整条",
        theirs=Side(
            _covered(held, _theirs(desk, held), whole),
            held.theirs_who,
            held.theirs_at,
            held.theirs_by == desk.worker,
        ),
        mine=Side(
            _covered(held, _mine(desk, held), whole), held.mine_who, held.mine_at, held.mine_by == desk.worker
        ),
        choices=choices,
        typed=Choice.OTHER in choices and _plain(held.theirs) and _plain(held.mine),
        both=_both(held) if Choice.OTHER in choices else (),
        page=page,
        record=record,
        opened_at=held.opened_at,
        old=desk.now - held.opened_at > timedelta(days=desk.store.agreed.terms().decide_days),
        open=held.open,
        choice=held.choice,
        decided_who=held.decided_who,
        waiting=not held.open and desk.store.waits(held.id),
    )


def _choices(desk: Desk, held: Conflict) -> frozenset[Choice]:
    """What was signed, ended or only added to stays: then only what is there can be left standing."""
    body = desk.store.body(held.of)
    if held.kind is Kind.FIELD and body is not None and locked(held.of_type, body, held.field):
        return frozenset({Choice.THEIRS})
    return held.choices


def _theirs(desk: Desk, held: Conflict) -> str:
    if held.kind is Kind.DUPLICATE:
        return _person(desk, held.theirs) or "别的村的一个人"
    if held.gone:
        return GONE
    return value_words(desk, held.field, held.theirs)


def _mine(desk: Desk, held: Conflict) -> str:
    if held.kind is Kind.DUPLICATE:
        return _person(desk, held.mine)
    if held.removes:
        return REMOVED
    return value_words(desk, held.field, held.mine)


def _covered(held: Conflict, words: str, whole: bool) -> str:
    covered = held.kind is Kind.FIELD and held.field in COVERED and not whole and words != NOTHING
    return mask(words) if covered else words


def _person(desk: Desk, record: Json) -> str:
    person = desk.store.reading.find(Person, record) if isinstance(record, str) else None
    return person.name if person is not None else ""


def _plain(value: Json) -> bool:
    """Whether a value is text a person can write as it is kept."""
    return value is None or isinstance(value, str)


def _both(held: Conflict) -> tuple[str, ...]:
    lists = (held.theirs or [], held.mine or [])
    if not any(lists) or not all(isinstance(one, list) for one in lists):
        return ()
    words = [word for one in lists if isinstance(one, list) for word in one]
    return tuple(dict.fromkeys(words)) if all(isinstance(word, str) for word in words) else ()
