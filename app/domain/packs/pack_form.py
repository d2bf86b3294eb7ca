"""Reading from a pack which application paper a material or stage stands for, and the words of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.packs.pack_table import Table, read_standing
from app.domain.papers.paperwork import BLANKS, FormKind, Wording

LONGEST_TITLE = 24
LONGEST_PARAGRAPH = 400
BLANK = re.compile(r"\{[^}]*\}")


def read_form_of(table: Table, allowed: Sequence[FormKind]) -> FormKind | None:
    """The kind written at `form`, if any; a kind that has no place there is noted."""
    value = table.take("form")
    if value is None:
        return None
    kind = next((each for each in allowed if each.value == value), None)
    if kind is None:
        table.wrong("form", f"只能写其中一个：{'、'.join(each.value for each in allowed)}")
    return kind


def read_wording(table: Table, region: str) -> Wording:
    """One `[[form]]` of forms.toml. `kind` may be left out where the id is the kind."""
    name = table.text("id", required=True)
    kind = table.choice("kind", FormKind, FormKind.APPLICATION)
    if "kind" not in table.data:
        kind = next((each for each in FormKind if each.value == name), FormKind.APPLICATION)
        if kind.value != name:
            table.wrong("kind", f"写明是哪种：{'、'.join(each.value for each in FormKind)}")
    wording = Wording(
        name,
        kind,
        table.text("title", required=True, longest=LONGEST_TITLE),
        table.words("text"),
        table.words("points"),
        table.words("closing"),
        read_standing(table, region),
    )
    for key in ("title", "text", "points", "closing"):
        _check(table, key, wording.title if key == "title" else getattr(wording, key))
    return wording


def _check(table: Table, key: str, words: str | tuple[str, ...]) -> None:
    for paragraph in (words,) if isinstance(words, str) else words:
        for blank in BLANK.findall(paragraph):
            if blank not in BLANKS:
                table.wrong(key, f"不认得 {blank}，只能写：{'、'.join(BLANKS)}")
        if len(paragraph) > LONGEST_PARAGRAPH:
            table.wrong(key, f"一段太长：{len(paragraph)} 个字，最多 {LONGEST_PARAGRAPH} 个")
