"""A power cut in the middle of a visit: what the form said was kept is there afterwards."""

from __future__ import annotations

from pathlib import Path

from app.actions.visits import visits
from app.domain.visits.visit import Met
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import GRANNY, HOME
from tests.ui.filling import TYPES
from tests.ui.plug import pull
from tests.ui.village import KEY, furnish

CUTS = 5


def test_nothing_the_form_called_kept_is_lost_to_a_power_cut(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db", KEY, create=True)
    draft = visits.begin(furnish(desk_on(store, Clock())), HOME, purpose="VP04").id
    store.close()
    told = 0
    for cut in range(CUTS):
        told = pull("tests.ui.filling", tmp_path, draft, lines=2 + 2 * cut, before=told)
        store = Store(tmp_path / "store.db", KEY)
        visit = visits.resume(desk_on(store, Clock()), draft)
        store.close()
        assert visit.met is Met.HOME
        assert visit.answers["house_area"] >= told, "an answer called kept is gone"
        told = visit.answers["house_area"]
        beside = {TYPES[told % len(TYPES)], TYPES[(told - 1) % len(TYPES)]}
        assert visit.answers["house_type"] in beside, "the answers are not of one moment"
        assert visit.answers["health"] == {GRANNY: ["well"]}
