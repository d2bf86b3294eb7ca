"""The table in docs/visits.md is the pack in force. Run as a module to write it anew."""

from __future__ import annotations

from pathlib import Path

from app import packs
from app.domain.visits.cadence_table import table

PAGE = Path(__file__).resolve().parents[3] / "docs" / "visits.md"


def _current(page: str) -> str:
    before, _, rest = page.partition("<!-- cadence -->")
    _, _, after = rest.partition("<!-- /cadence -->")
    drawn = table(packs.load(packs.reference()))
    return f"{before}<!-- cadence -->\n{drawn}\n<!-- /cadence -->{after}"


def test_the_page_shows_the_cadences_in_force() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == _current(page), "python -m tests.unit.domain.test_cadence_table"


if __name__ == "__main__":
    PAGE.write_text(_current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
