"""The ticket's states in words and as a drawing, made from the very table the program obeys."""

from __future__ import annotations

from app.domain.tickets.ticket import ENDED, MOVES, State

WORDS = {
    State.DRAFT: "还没登记",
    State.REGISTERED: "登记了，还没说怎么办",
    State.TRIAGED: "要再说怎么办",
    State.INSTANT: "当场办",
    State.TRANSFERRED: "转出去了",
    State.DELIBERATING: "一事一议",
    State.EXPLAINED: "讲政策",
    State.IN_PROGRESS: "正在办",
    State.WAITING_APPLICANT: "等群众补材料",
    State.WAITING_EXTERNAL: "等公安法院医院",
    State.RESOLVED: "有结果，还没回话",
    State.REPLIED: "回了话，还没办结",
    State.CLOSED: "办结",
    State.ARCHIVED: "归档",
    State.WITHDRAWN: "不办了",
}
# What has to be there before a state may be entered; `Ticket.moved` enforces it.
DEMANDS = {
    State.RESOLVED: "result",
    State.REPLIED: "reply",
    State.CLOSED: "result and reply",
    State.ARCHIVED: "reply",
}


def drawing() -> str:
    """A Mermaid state diagram of every move there is, in the order of the table."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{words}" as {_name(state)}' for state, words in WORDS.items()]
    lines.append(f"    [*] --> {_name(State.DRAFT)}")
    for state, targets in MOVES.items():
        for target in sorted(targets, key=list(State).index):
            demand = f" : needs {DEMANDS[target]}" if target in DEMANDS else ""
            lines.append(f"    {_name(state)} --> {_name(target)}{demand}")
    lines += [f"    {_name(state)} --> [*]" for state in State if state in ENDED and not MOVES[state]]
    return "\n".join(lines)


def _name(state: State) -> str:
    return state.value.replace("-", "_")
