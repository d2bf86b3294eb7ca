"""Every paper that is no checklist, by the name its print jobs carry; made anew when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.actions.desk import Desk
from app.actions.paperwork import paperwork_papers
from app.actions.registers import register_papers
from app.actions.reports import report_papers
from app.actions.surveys import survey_papers
from app.actions.visits import day_plan, visit_papers
from app.documents.preview import page_count, page_image
from app.domain.problem import UserError
from app.domain.roles import Right
from app.files import write_whole

Picture = tuple[int, int, bytes]
Logged = tuple[str, str]  # the record the log names, and what it says beside it


def _record(subject: str) -> Logged:
    return subject, ""


def _no_record(subject: str) -> Logged:
    return "", subject


@dataclass(frozen=True)
class PaperKind:
    """`called` is what a printer's list may read: it names nobody. `logged` stands in the audit log, with
    what `about(subject)` says; a subject is whatever the pages are made of, and need be no record.

    `make(desk, subject)` gives the PDF, `title(desk, subject)` what the worker calls it; both raise
    UserError when it cannot be made as things stand. `hint` is what she should know before it goes out. What
    is `posted` is masked and hangs on a wall: it may leave as a picture too.
    """

    called: str
    logged: str
    make: Callable[[Desk, str], bytes] = field(repr=False)
    title: Callable[[Desk, str], str] = field(repr=False)
    about: Callable[[str], Logged] = field(default=_record, repr=False)
    hint: str = ""
    posted: bool = False


@dataclass(frozen=True)
class PaperPages:
    """A paper to look at: its title, its bytes, and a picture of every page of them."""

    title: str
    pages: tuple[Picture, ...] = field(repr=False)
    pdf: bytes = field(repr=False)


REGISTER, STAMPS, PHOTOS = "register", "posted stamps", "register photos"
MINUTES, EMPTY_MINUTES = "minutes", "empty minutes"
SURVEY_BLANK, SURVEY_TOTALS, SURVEY_ASKED = "survey blank", "survey totals", "survey asked"
REPORT, APPLICATION, BENEFITS = "report", "application papers", "benefit notice"
KINDS: Mapping[str, PaperKind] = {
    "visit": PaperKind("走访记录表", "visit sheet", visit_papers.sheet, visit_papers.sheet_title),
    "day plan": PaperKind("走访单", "day plan", day_plan.paper, day_plan.paper_title),
    "diary": PaperKind("民情日记", "diary", visit_papers.diary_between, visit_papers.diary_title),
    REGISTER: PaperKind(
        "台账", "register", register_papers.register, register_papers.register_title, _no_record,
        hint="有全名，留在村里，不往墙上贴。",
    ),
    STAMPS: PaperKind(
        "用章公示", "register", register_papers.stamps, register_papers.stamps_title,
        lambda period: ("", f"seals to post {period}"),
        hint="贴墙上的：名字只留姓，孩子不写，证号电话不写。", posted=True,
    ),
    MINUTES: PaperKind(
        "会议记录", "register", register_papers.minutes, register_papers.minutes_title,
        lambda review: (review, "minutes"), hint="到会的人在上面签字、按手印，签完拍照存着。",
    ),
    PHOTOS: PaperKind(
        "台账照片", "register", register_papers.photos, register_papers.photos_title,
        lambda line: (line, "photos"), hint="存档用，不往墙上贴。",
    ),
    EMPTY_MINUTES: PaperKind(
        "会议记录", "register", register_papers.empty_minutes, register_papers.empty_minutes_title,
        lambda _none: ("", "empty minutes"), hint="开会前打一张带去，开完照着记进来。",
    ),
    REPORT: PaperKind("报表", "register", report_papers.sheet, report_papers.title, _no_record),
    SURVEY_BLANK: PaperKind(
        "空白问卷", "register", survey_papers.blank, survey_papers.blank_title,
        lambda subject: ("", f"survey blank {subject}"),
        hint="带去给人填，有脸的题让本人指。填完照着记进来。",
    ),
    SURVEY_TOTALS: PaperKind(
        "问卷汇总", "register", survey_papers.totals, survey_papers.totals_title,
        lambda subject: ("", f"survey totals {subject}"), hint="没有名字，也没有原话。",
    ),
    SURVEY_ASKED: PaperKind(
        "问过谁", "register", survey_papers.asked, survey_papers.asked_title,
        lambda subject: ("", f"survey asked {subject}"), hint="有全名，留在村里，不往墙上贴。",
    ),
    APPLICATION: PaperKind(
        "申请材料", "application papers", paperwork_papers.make, paperwork_papers.title,
        paperwork_papers.about,
    ),
    BENEFITS: PaperKind(
        "户内告知单", "benefit notice", paperwork_papers.make, paperwork_papers.title,
        paperwork_papers.about,
    ),
}  # fmt: skip


def kind(document: str) -> PaperKind:
    """Raises UserError for a kind this release does not know: a newer one asked for it."""
    found = KINDS.get(document)
    if found is None:
        raise UserError("这种单子这一版不会打。升级以后再打。")
    return found


def pages(desk: Desk, document: str, subject: str, *, width_px: int) -> PaperPages:
    """The paper as it would come out now, `width_px` wide."""
    desk.require(Right.TAKE_OUT)
    pdf = kind(document).make(desk, subject)
    shown = tuple(page_image(pdf, page, width_px) for page in range(page_count(pdf)))
    return PaperPages(kind(document).title(desk, subject), shown, pdf)


def came_out(desk: Desk, document: str, subject: str) -> None:
    """It came out of the printer: logged, with who, when and which."""
    desk.require(Right.TAKE_OUT)
    _log(desk, f"print {kind(document).logged}", document, subject)


def export(desk: Desk, document: str, subject: str, pdf: bytes, path: Path) -> None:
    """Save the very bytes that were looked at where the worker asked; the log keeps that they left.

    Raises StorageFault when the disk refuses.
    """
    desk.require(Right.TAKE_OUT)
    write_whole(path, pdf)
    _log(desk, f"export {kind(document).logged}", document, subject)


def export_pictures(desk: Desk, document: str, subject: str, pictures: Sequence[bytes], path: Path) -> None:
    """Save what is posted as pictures for the village's chat group, one for each page: `path`, and beside it
    the same name with 2, 3 … Raises StorageFault when the disk refuses."""
    desk.require(Right.TAKE_OUT)
    assert kind(document).posted, "only what is masked leaves as a picture"
    for number, picture in enumerate(pictures, 1):
        write_whole(path if number == 1 else path.with_stem(f"{path.stem} {number}"), picture)
    _log(desk, f"export {kind(document).logged} pictures", document, subject)


def _log(desk: Desk, verb: str, document: str, subject: str) -> None:
    with desk.unit(verb) as unit:
        unit.audit(verb, *kind(document).about(subject))
