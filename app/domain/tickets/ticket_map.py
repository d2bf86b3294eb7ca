"""The ticket's states in words, as a drawing, and as the stages a report counts, from the one table."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.tickets.ticket import ASIDE, ENDED, MOVES, State, TicketEvent

S = State
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
    State.WAITING_EXTERNAL: "等公安法院医院核对",
    State.RESOLVED: "有结果，还没回话",
    State.REPLIED: "回了话，还没办结",
    State.CLOSED: "办结",
    State.ARCHIVED: "归档",
    State.WITHDRAWN: "不办了",
    State.MERGED: "并到别的单里办",
    State.DUPLICATE: "登记重了",
}
# What has to be there before a state may be entered; `Ticket.moved` enforces it.
DEMANDS = {
    State.RESOLVED: "result",
    State.REPLIED: "reply",
    State.CLOSED: "result and reply",
    State.ARCHIVED: "result and reply",
    State.MERGED: "the other ticket",
    State.DUPLICATE: "the other ticket",
}
# The verb of the line that says how a reply was rated; it moves nothing.
RATED = "评了"
# The five answers of a rating in words (五级满意度).
SATISFACTION = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


@dataclass(frozen=True)
class Stage:
    """One stage of a matter's life as the county counts them; `kept` says how the program keeps it."""

    name: str
    words: str
    kept: str
    to: State
    come_from: frozenset[State] = frozenset(State)

    def is_entered(self, event: TicketEvent) -> bool:
        """Whether this line of the story enters the stage."""
        if self.name == "rated":
            return event.verb.startswith(RATED)
        return event.to_state is self.to != event.from_state and event.from_state in self.come_from


def _plain(state: State, name: str = "") -> Stage:
    return Stage(name or state.value.replace("-", "_"), WORDS[state], "a state", state)


TAKEN, DECIDED, AGAIN = frozenset({S.TRANSFERRED}), frozenset({S.DELIBERATING}), frozenset({S.REPLIED})
STAGES = (
    _plain(S.REGISTERED),
    _plain(S.TRIAGED),
    _plain(S.INSTANT, "instant_doing"),
    _plain(S.TRANSFERRED),
    Stage("bounced", "没人接，退回", "back to 要再说怎么办 from 转出去了", S.TRIAGED, TAKEN),
    Stage("accepted_by_peer", "对方已收", "`taken` says who, when, and their number", S.IN_PROGRESS, TAKEN),
    _plain(S.DELIBERATING),
    Stage("decided", "议定了", "`decision` says when, how, by whom", S.IN_PROGRESS, DECIDED),
    _plain(S.EXPLAINED),
    _plain(S.IN_PROGRESS),
    _plain(S.WAITING_APPLICANT),
    _plain(S.WAITING_EXTERNAL),
    _plain(S.RESOLVED),
    _plain(S.REPLIED),
    Stage("rated", "评价了", "`satisfaction`, `rated_by`, and a line 评了", S.REPLIED),
    Stage("reopened", "不满意或有新情况，重新办", "from 回了话 to 正在办", S.IN_PROGRESS, AGAIN),
    _plain(S.CLOSED),
    _plain(S.ARCHIVED),
    _plain(S.WITHDRAWN),
    _plain(S.MERGED),
    _plain(S.DUPLICATE),
)


def stages(events: tuple[TicketEvent, ...]) -> tuple[str, ...]:
    """The names of the stages a story went through, in its order; one line may enter two."""
    return tuple(stage.name for event in events for stage in STAGES if stage.is_entered(event))


def stages_table() -> str:
    """The stages as a table of Markdown."""
    lines = ["| stage | words | kept as |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{one.name}` | {one.words} | {one.kept} |" for one in STAGES)])


def drawing() -> str:
    """A Mermaid state diagram of every move there is, in the order of the table.

    What may be put aside from every open state is drawn once, out of the box that holds them.
    """
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{words}" as {_name(state)}' for state, words in WORDS.items()]
    lines.append(f"    [*] --> {_name(State.DRAFT)}")
    anywhere = [state for state, targets in MOVES.items() if targets >= ASIDE]
    lines.append('    state "any of these" as open {')
    for state in anywhere:
        lines += ["    " + _arrow(state, to) for to in _ordered(MOVES[state] - ASIDE) if to in anywhere]
    lines.append("    }")
    for state, targets in MOVES.items():
        inside = set(anywhere) if state in anywhere else set()
        lines += [_arrow(state, to) for to in _ordered(targets - ASIDE) if to not in inside]
    lines += [_arrow(None, to) for to in _ordered(ASIDE)]
    lines += [f"    {_name(state)} --> [*]" for state in State if state in ENDED and not MOVES[state]]
    return "\n".join(lines)


def _ordered(states: frozenset[State]) -> list[State]:
    return sorted(states, key=list(State).index)


def _arrow(state: State | None, to: State) -> str:
    demand = f" : needs {DEMANDS[to]}" if to in DEMANDS else ""
    return f"    {_name(state) if state else 'open'} --> {_name(to)}{demand}"


def _name(state: State) -> str:
    return state.value.replace("-", "_")
