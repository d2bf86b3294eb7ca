"""Reading the shipped forms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from app.domain.visits.form import Form
from app.domain.visits.form_read import read_form
from app.domain.visits.visit import Visit, VisitState
from resources import read_text

# Editions that visits were asked by before, each kept as it was; what says none is of the first.
FIRST = "2026.11"
EARLIER = {FIRST: "forms/visit-2026.11.toml", "2026.12": "forms/visit-2026.12.toml"}


@cache
def visit_form() -> Form:
    """The form of a home visit, `resources/forms/visit.toml`."""
    return read_form(tomllib.loads(read_text("forms/visit.toml")))


def form_of(visit: Visit) -> Form:
    """The form that `visit` is read by: a signed one by its own words, a draft by those of today."""
    if visit.state is VisitState.DRAFT:
        return visit_form()
    return _earlier().get(str(visit.answers.get("edition") or FIRST), visit_form())


@cache
def _earlier() -> Mapping[str, Form]:
    return {edition: read_form(tomllib.loads(read_text(name))) for edition, name in EARLIER.items()}
