"""Visits of the fictional village, as short as a hurried worker writes them: about 600 bytes of JSON.

Drawn signatures are left out: they are random to a compressor, for all alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from app.domain.ids import new_id
from app.domain.record import Json, to_body
from app.domain.visits.visit import INVESTIGATIONS, PURPOSES, Met, Visit
from bench.sync_county import AT
from demo.village.village import generate

EDITED = "again_on"  # the one field ten edits are of
OPEN = 10  # the first ones are not signed yet, or nobody could edit them
WORDS = (
    "老人在家，吃饭、用药正常。",
    "屋顶漏雨处已经修好，下月再看。",
    "电线老化，跟组长说了，月底前换。",
    "伢儿放学在屋里做作业。",
    "问了高龄津贴，已经到账。",
    "腿疼，不想去镇里，改天带药来。",
    "灶屋堆柴，讲了防火。",
    "儿子过年回来，电话没有变。",
)


def visits(count: int, village: str, seed: int = 0) -> Iterator[Visit]:
    """`count` visits in `village`, the same for the same seed but for their ids."""
    rng = random.Random(seed)
    people = generate(seed, date(2026, 11, 20)).people
    purposes = sorted(PURPOSES.keys() - INVESTIGATIONS)
    for number in range(count):
        who, at = rng.choice(people), AT - timedelta(minutes=rng.randrange(5_000_000))
        answers = {
            "members": {who.id: ["same"]},
            "mood": rng.choice(("fine", "fine", "fine", "low")),
            "hazards": [rng.choice(("none", "none", "fall", "wire", "leak", "fire"))],
            "note": "".join(rng.sample(WORDS, rng.randrange(1, 4))),
        }
        visit = Visit(
            id=new_id(AT), village=village, household=who.household or who.id, visitors=("w-xiang",),
            started_at=at, purpose=rng.choice(purposes), met=Met.HOME, respondent=who.id,
            answers=answers, signatures=(who.name, "向海燕"),
        )  # fmt: skip
        yield visit if number < OPEN else visit.finish(at + timedelta(minutes=rng.randrange(10, 60)))


def written(made: list[Visit], path: Path) -> list[str]:
    """The same visits as others may save them, in a file; their fields."""
    bodies: list[dict[str, Json]] = [{"id": visit.id, **to_body(visit)} for visit in made]
    path.write_text(json.dumps(bodies, ensure_ascii=False), encoding="utf-8")
    fields = dict.fromkeys(name for body in bodies for name in body if name != "id")
    return [*fields, *({EDITED} - fields.keys())]
