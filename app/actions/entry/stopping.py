"""The county stopped this computer and proved it: records are closed, what is unsent still goes home.

For a lost or a replaced computer: 个人信息保护法 §51 asks for measures against unauthorised access. The key
stays, for without it nothing that was not sent could ever be.
"""

from __future__ import annotations

from app.actions.desk import Desk
from app.store.readmission import STOPPED


def note_stopped(desk: Desk) -> None:
    """Remember the county's notice, once, also in the log of deeds."""
    if not desk.store.meta.get(STOPPED):
        desk.store.meta.set(STOPPED, desk.now.isoformat())
        with desk.unit("stopped") as unit:
            unit.audit("stopped", "", "")
