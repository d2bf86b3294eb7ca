"""公示: a sheet for the wall, drawn from values that can hold nothing but what may hang there."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.forms import clerk_flow as flow
from app.documents.forms.clerk_flow import Part
from app.documents.forms.clerk_people import day_words
from app.documents.forms.clerk_table import Cell, Row, Table, heads
from app.documents.paper import Sheet
from app.documents.typography.typeset import phone
from app.domain.papers.paperwork import filled
from app.domain.papers.posting import Posted, PublicNotice, Votes

SIZE = 14.0  # it is read standing
ROW = 34.0
UNITS = {"workday": "个工作日", "calendar": "天"}
MEETING = "民主评议：应到 {} 人，实到 {} 人；同意 {} 人，不同意 {} 人，弃权 {} 人。"
BLANK = "______"


def parts(sheet: Sheet, notice: PublicNotice) -> Iterator[Part]:
    """The sheet from its title to the stamp."""
    facts = {"items": notice.item_name, "days": _days(notice)}
    yield from flow.title(sheet, filled(notice.wording.title, facts))
    for words in notice.wording.text:
        yield from flow.paragraph(sheet, filled(words, facts))
    if notice.meeting:
        yield from flow.paragraph(sheet, _meeting(notice.votes))
    yield from flow.table(sheet, _table(notice), gap=10)
    yield from flow.paragraph(sheet, _when(notice), gap=12)
    yield from flow.held(_objections(sheet, notice, facts))


def _meeting(votes: Votes | None) -> str:
    if votes is None:
        return MEETING.format(*[BLANK] * 5)
    return MEETING.format(votes.expected, votes.attended, votes.agree, votes.against, votes.abstain)


def _table(notice: PublicNotice) -> Table:
    causes, bands = notice.causes, any(one.band for one in notice.lines)
    names = ["序号", "姓名", "村民小组", *(["年龄"] if bands else []), "家里几口", "拟保几人"]
    names += [*(["事由"] if causes else []), "拟定金额"]
    shares = [48, 80, 96, *([88] if bands else []), 64, 64, *([60] if causes else []), 96]
    rows = tuple(_row(place, one, causes=causes, bands=bands) for place, one in enumerate(notice.lines, 1))
    return Table(tuple(map(float, shares)), rows, (heads(*names),), ROW, SIZE)


def _row(place: int, one: Posted, *, causes: bool, bands: bool) -> Row:
    band = [one.band.shown if one.band else ""] if bands else []
    cause = [one.cause.value if one.cause else ""] if causes else []
    words = [str(place), one.name.shown, one.group.shown, *band, str(one.heads), "", *cause, ""]
    return tuple(Cell(word, align=0.5) for word in words)


def _days(notice: PublicNotice) -> str:
    return f"{notice.days.count} {UNITS.get(notice.days.unit, '天')}"


def _when(notice: PublicNotice) -> str:
    until = f"到 {day_words(notice.until)}为止" if notice.until else "到 ______ 年 ____ 月 ____ 日为止"
    return f"公示 {_days(notice)}：{day_words(notice.posted_on)}贴出，从第二天算起，{until}。"


def _objections(sheet: Sheet, notice: PublicNotice, facts: dict[str, str]) -> Iterator[Part]:
    for words in notice.wording.closing:
        yield from flow.paragraph(sheet, filled(words, facts))
    rows = tuple(
        (
            Cell(one.name),
            Cell(one.person, align=0.5),
            Cell(phone(one.phone) or "______________", align=0.5),
        )
        for one in notice.hearings
    )
    head = heads("到哪里说", "找谁", "打电话")
    yield from flow.table(sheet, Table((230, 100, 166), rows, (head,), ROW, SIZE))
    yield from flow.paragraph(sheet, f"{notice.village_name}（盖章） {day_words(notice.posted_on)}", gap=24)
