"""Application papers as a print job names them: the choice they were made from, never what stands on them."""

from __future__ import annotations

import json
from dataclasses import asdict

from app.actions.desk import Desk
from app.actions.paperwork import paperwork
from app.actions.paperwork.paperwork import Wanted
from app.domain.papers.paperwork import FormKind


def subject_of(wanted: Wanted) -> str:
    """The choice in one line of text."""
    return json.dumps({name: value for name, value in asdict(wanted).items() if value}, ensure_ascii=False)


def wanted_of(subject: str) -> Wanted:
    """The choice again."""
    given = json.loads(subject)
    given["items"] = tuple(given.get("items", ()))
    given["kinds"] = tuple(FormKind(one) for one in given.get("kinds", ()))
    return Wanted(**given)


def make(desk: Desk, subject: str) -> bytes:
    """The PDF, from the facts of now. Raises UserError when one of the papers cannot be made."""
    return paperwork.make(desk, wanted_of(subject))


def title(desk: Desk, subject: str) -> str:
    """`李桂英家 申请材料`; what hangs on a public wall travels under nobody's name."""
    return paperwork.title(desk, wanted_of(subject))


def about(subject: str) -> tuple[str, str]:
    """For the log: the household, and which papers."""
    wanted = wanted_of(subject)
    return wanted.household, paperwork.kinds_words(wanted)
