"""A search result as a list row, told apart from its namesakes at every letter size."""

from __future__ import annotations

from app.actions.village.finding import Find
from ui import theme
from ui.widgets.rows import Row

ICONS = {"household": "home", "ticket": "ticket", "checklist": "list"}


def find_row(find: Find, key: str = "") -> Row:
    """The row of `find`; `key` when it is not the record's id.

    At the largest letters lists have no second line, so the place stands in a chip.
    """
    icon = ICONS.get(find.kind, "")
    chip = find.note.split(" · ")[0] if theme.current().size is theme.Size.EXTRA else ""
    return Row(
        key or find.record,
        find.title,
        find.note,
        avatar="" if icon else find.disc,
        icon=icon,
        chip=chip,
        marks=(find.mark,) if find.mark else (),
    )
