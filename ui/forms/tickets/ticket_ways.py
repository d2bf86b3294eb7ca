"""Which panel a way opens, by its key; `part:<id>` names what it is about behind a colon."""

from __future__ import annotations

from collections.abc import Callable

from app.actions.tickets.ticket_views import Choices, Story
from ui.forms.panel import Panel
from ui.forms.tickets.asked_panel import AskedPanel
from ui.forms.tickets.ticket_explain import ConfirmPanel, ExplainPanel
from ui.forms.tickets.ticket_joint import (
    JoinPanel,
    OwePanel,
    PartOverPanel,
    PartPanel,
    PassOnPanel,
    TakeOutPanel,
)
from ui.forms.tickets.ticket_panels import (
    DecidePanel,
    GoOnPanel,
    NotePanel,
    ResultPanel,
    WaitPanel,
    WithdrawPanel,
)
from ui.forms.tickets.ticket_reply import ReplyPanel
from ui.forms.tickets.ticket_taken import CalledPanel, DecidedPanel
from ui.forms.tickets.ticket_trip import TripPanel

PANELS: dict[str, Callable[[Story, Choices], Panel]] = {
    "decide": DecidePanel,
    "called": CalledPanel,
    "decided": DecidedPanel,
    "explain": ExplainPanel,
    "confirm": ConfirmPanel,
    "result": ResultPanel,
    "note": NotePanel,
    "wait": WaitPanel,
    "go_on": GoOnPanel,
    "again": GoOnPanel,
    "asked": AskedPanel,
    "reply": ReplyPanel,
    "trip": TripPanel,
    "withdraw": WithdrawPanel,
    "part": PartPanel,
    "owe": OwePanel,
    "join": JoinPanel,
    "take_out": TakeOutPanel,
    "pass_on": PassOnPanel,
}


def panel_for(key: str, story: Story, choices: Choices) -> Panel:
    """A fresh panel. Raises KeyError for a way there is not."""
    name, _, about = key.partition(":")
    panel = PartOverPanel(story, choices, about) if about else PANELS[name](story, choices)
    panel.key = key
    return panel
