"""The drawing in docs/tickets.md shows the table the program obeys. Run as a module to write it anew."""

from __future__ import annotations

from pathlib import Path

from app.domain.tickets.ticket import MOVES, State
from app.domain.tickets.ticket_map import DEMANDS, WORDS, drawing

PAGE = Path(__file__).resolve().parents[3] / "docs" / "tickets.md"
OPENS, CLOSES = "<!-- machine -->", "<!-- /machine -->"


def _current(page: str) -> str:
    before, _, rest = page.partition(OPENS)
    _, _, after = rest.partition(CLOSES)
    return f"{before}{OPENS}\n```mermaid\n{drawing()}\n```\n{CLOSES}{after}"


def test_the_page_shows_the_table_in_force() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == _current(page), "python -m tests.unit.domain.test_ticket_map"


def test_every_state_has_its_words_and_every_move_its_arrow() -> None:
    assert set(WORDS) == set(State) == set(MOVES)
    drawn = drawing()
    arrows = [line for line in drawn.splitlines() if "-->" in line and "[*]" not in line]
    assert len(arrows) == sum(len(targets) for targets in MOVES.values())
    assert sum("needs" in line for line in arrows) == sum(
        target in DEMANDS for targets in MOVES.values() for target in targets
    )


if __name__ == "__main__":
    PAGE.write_text(_current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
