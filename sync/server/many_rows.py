"""Many rows as one parameter of one statement: a list of columns each costs more than the rows do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

_ROWS = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=datetime.isoformat)
_VALUE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def as_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """`rows` for `json_to_recordset`, in ASCII; times are ISO 8601.

    What jsonb may be unable to hold goes in as text (`as_json`) and is cast where it is written.
    """
    return _ROWS.encode(list(rows))


def as_json(value: Any) -> str:
    """ASCII escapes only, so that even text PostgreSQL cannot hold is kept letter by letter."""
    return _VALUE.encode(value)
