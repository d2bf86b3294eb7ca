"""A worker who adds photos without end, until somebody pulls the plug: run by the test of power cuts.

`python -m tests.unit.actions.photographer FOLDER DRAFT` tells, a line each, the photos said to be kept.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from app.actions.visits import photos, visits
from app.domain.photo import read_photos
from app.store import Store
from tests.conftest import KEY
from tests.desks import Clock, desk_on
from tests.unit.pictures.shots import from_telephone, house


def main(folder: Path, draft: str) -> None:
    """One photo after the other; the oldest makes room for the thirteenth."""
    desk = replace(desk_on(Store(folder / "store.db", KEY), Clock()), files=folder / "attachments")
    number = len(list((folder / "attachments").glob("*/*.bin")))
    while True:
        number += 1
        picture = photos.develop(from_telephone(house(40 + number, 30)))
        photo = photos.add(desk, draft, picture, category="house")
        visit = visits.resume(desk, draft)
        kept = [*read_photos(visit.answers.get("photos"))[-11:], photo]
        visits.keep(desk, visit.answered("photos", [one.kept() for one in kept]))
        print(photo.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
