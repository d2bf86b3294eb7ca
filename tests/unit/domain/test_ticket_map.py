"""The drawing in docs/tickets.md shows the table the program obeys. Run as a module to write it anew."""

from __future__ import annotations

from pathlib import Path

from app.domain.tickets.ticket import ASIDE, MOVES, State, TicketEvent
from app.domain.tickets.ticket_map import DEMANDS, STAGES, WORDS, drawing, stages, stages_table
from tests.facts import NOW

PAGE = Path(__file__).resolve().parents[3] / "docs" / "tickets.md"


def _current(page: str) -> str:
    made = {"machine": f"```mermaid\n{drawing()}\n```", "stages": stages_table()}
    for name, words in made.items():
        before, _, rest = page.partition(f"<!-- {name} -->")
        _, _, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}<!-- {name} -->\n{words}\n<!-- /{name} -->{after}"
    return page


def test_the_page_shows_the_table_in_force() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == _current(page), "python -m tests.unit.domain.test_ticket_map"


def test_every_state_has_its_words_and_every_move_its_arrow() -> None:
    assert set(WORDS) == set(State) == set(MOVES)
    drawn = drawing()
    lines = [line.strip().split(" : ")[0] for line in drawn.splitlines() if "-->" in line]
    arrows = {tuple(line.split(" --> ")) for line in lines if "[*]" not in line}
    names = {state: state.value.replace("-", "_") for state in State}
    told = {(names[state], names[to]) for state, targets in MOVES.items() for to in targets}
    anywhere = [state for state, targets in MOVES.items() if targets >= ASIDE]
    told -= {(names[state], names[to]) for state in anywhere for to in ASIDE}
    assert arrows == told | {("open", names[to]) for to in ASIDE}
    for to in DEMANDS:
        into = [line for line in drawn.splitlines() if f"--> {names[to]}" in line]
        assert all("needs" in line for line in into)
        assert into


def test_every_stage_the_county_counts_can_be_entered_and_no_line_is_lost() -> None:
    def line(state: State, to: State, verb: str = "") -> TicketEvent:
        return TicketEvent("e", "v", "t", NOW, "向海燕", verb, state, to)

    lines = [line(state, to) for state, targets in MOVES.items() for to in targets]
    rated = line(State.REPLIED, State.REPLIED, "评了「满意」")
    assert set(stages((*lines, rated))) == {stage.name for stage in STAGES}
    for one in lines:
        assert stages((one,)), f"{one.from_state} → {one.to_state} stands in no report"
    assert stages((line(State.REGISTERED, State.REGISTERED, "打电话问"),)) == ()
    assert stages((line(State.REPLIED, State.IN_PROGRESS),)) == ("in_progress", "reopened")


if __name__ == "__main__":
    PAGE.write_text(_current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
