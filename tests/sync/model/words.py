"""What somebody at a laptop decided and the county has not written yet, told from its own tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.domain.record import Json

if TYPE_CHECKING:
    from tests.sync.model.laptop import Looked


def decided(laptop: Looked, record: str, revision: int) -> dict[str, Json]:
    """Field and value of each word on a field of `record` that its copy of `revision` does not hold."""
    rows = laptop.sql(
        "SELECT r.body, o.payload FROM record r JOIN outbox o ON o.record = r.id WHERE r.type = 'conflict'"
        " AND json_extract(r.body, '$.of') = ? AND json_extract(r.body, '$.kind') = 'field'"
        " AND (o.seq IS NULL OR (o.outcome = 'applied' AND o.seq > ?)) ORDER BY o.n",
        record,
        revision,
    )
    told: dict[str, Json] = {}
    for body, payload in rows:
        said = json.loads(payload)["fields"]
        if said.get("choice", [None, None])[1] in ("mine", "other"):
            told[json.loads(body)["field"]] = said.get("value", [None, None])[1]
    return told


def beyond(seen: dict[str, Json], expected: dict[str, Json], told: dict[str, Json]) -> list[str]:
    """The fields that are seen otherwise than expected, and were not decided so."""
    names = [name for name in {**seen, **expected} if seen.get(name) != expected.get(name)]
    return [name for name in names if name not in told or (told[name] or None) != (seen.get(name) or None)]
