"""Values of fields as SQL reads them: what a computer sent that is no day or no moment counts as not set.

The county keeps whatever is sent. A plain cast would raise, and one record would keep all from an answer.
Each takes an expression of SQL and gives one. Patterns and not PostgreSQL's own test, which 16 has first.
"""

from __future__ import annotations

_LEAP = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)-02-29"
_DAY = (
    "(?:[12][0-9][0-9][0-9]-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    f"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP})"
)
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?"
_MOMENT = f"{_DAY}T{_CLOCK}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"


def day(words: str) -> str:
    """The date that the text `words` is in ISO 8601, else NULL."""
    return f"(CASE WHEN {words} ~ '^{_DAY}$' THEN ({words})::date END)"


def moment(words: str) -> str:
    """The moment that the text `words` is in ISO 8601 with its offset, else NULL."""
    return f"(CASE WHEN {words} ~ '^{_MOMENT}$' THEN ({words})::timestamptz END)"


def holds(words: str) -> str:
    """Whether the text `words` is a yes; anything else is a no."""
    return f"({words} IS NOT DISTINCT FROM 'true')"
