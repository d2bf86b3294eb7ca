"""Reading the shipped forms."""

from __future__ import annotations

import tomllib
from functools import cache

from app.domain.visits.form import Form
from app.domain.visits.form_read import read_form
from resources import read_text


@cache
def visit_form() -> Form:
    """The form of a home visit, `resources/forms/visit.toml`."""
    return read_form(tomllib.loads(read_text("forms/visit.toml")))
