"""Application papers (申请材料): which a family's matter needs, made from the facts, shown, printed, saved.

They carry whole identity numbers, so looking at them is written into the log like looking at a number,
and so are printing and saving. Nothing of them is kept: they are made anew from the facts each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.actions.checklists.papers import benefit_notice
from app.actions.desk import Desk
from app.actions.paperwork import paperwork_facts
from app.actions.village.households import family
from app.documents.forms.clerk import render
from app.documents.preview import page_count, page_image
from app.domain.checklists.checklist import Checklist
from app.domain.packs.service_item import Item
from app.domain.papers.paperwork import FormKind
from app.domain.papers.paperwork_case import FormPaper
from app.domain.papers.posting import PublicNotice
from app.domain.people.person import Person
from app.domain.problem import UserError
from app.domain.roles import Right
from app.domain.rules.eligibility import Kind

Picture = tuple[int, int, bytes]
GROWN_UP = 18
NOT_AT_FIRST = (FormKind.MANDATE, FormKind.SURVEY, FormKind.NOTICE)


@dataclass(frozen=True)
class Wanted:
    """What the worker has chosen so far. `subject`: whom it is for, where another applies for her."""

    household: str
    items: tuple[str, ...] = ()
    applicant: str = ""
    subject: str = ""
    agent: str = ""
    kinds: tuple[FormKind, ...] = ()
    wall: bool = False  # only the sheet for the wall inside the house (户内告知单)

    @property
    def posted(self) -> bool:
        """A notice for the public wall: it shows nobody's number and names nobody."""
        return self.kinds == (FormKind.NOTICE,)


@dataclass(frozen=True)
class Offer:
    """One kind of paper. `usual`: ticked from the start; `refused`: why it cannot be made, in words.

    `unverified`: nobody has compared its words with the county's own form yet (待核).
    """

    kind: FormKind
    usual: bool
    refused: str = ""
    unverified: bool = False


@dataclass(frozen=True)
class Chooser:
    """All there is to choose from for one family, and what is chosen already.

    `near` are the matters the family has under way or may be due; `items` all the county has sent.
    """

    title: str
    wanted: Wanted
    items: tuple[Item, ...]
    near: tuple[str, ...]
    grown_up: tuple[Person, ...]
    children: tuple[Person, ...]
    offers: tuple[Offer, ...]

    @property
    def for_child(self) -> bool:
        """Whether a child has to be named."""
        return any(one.for_child for one in self.items if one.code in self.wanted.items)


@dataclass(frozen=True)
class Looked:
    """Papers as they were looked at: what is printed or saved afterwards is these very bytes, whatever a
    colleague's record brings meanwhile."""

    wanted: Wanted
    title: str
    pdf: bytes = field(repr=False)
    pages: tuple[Picture, ...] = field(repr=False)


def choose(desk: Desk, wanted: Wanted) -> Chooser:
    """What can be chosen for the family of `wanted`; who must apply, and for whom, is filled in.

    Raises UserError for a household that has moved away or has nobody left.
    """
    home = family(desk, wanted.household)
    if home.readable_only:
        raise UserError("这一户迁走了或者没有人在了，不能再申请。")
    grown_up = tuple(one for one in home.living if (one.age_on(desk.today) or GROWN_UP) >= GROWN_UP)
    children = tuple(one for one in home.living if one not in grown_up)
    under_way = [code for matter in home.matters for code in matter.ticket.items]
    under_way += [code for one in home.checklists for code in one.items]
    hinted = [one.item for one in home.suggestions if one.verdict.kind is not Kind.NO]
    items = desk.pack.items()
    known = {one.code for one in items}
    near = tuple(code for code in dict.fromkeys([*wanted.items, *under_way, *hinted]) if code in known)
    chosen = replace(wanted, items=tuple(code for code in wanted.items if code in known))
    chosen = _who(chosen, items, grown_up, children, home.household.head)
    return Chooser(home.title, chosen, items, near, grown_up, children, offers(desk, chosen))


def from_checklist(desk: Desk, checklist: str) -> Wanted:
    """The papers for whom and what a list was made for."""
    made = desk.store.reading.get(Checklist, checklist)
    return Wanted(made.household, made.items, made.person, made.beneficiary, made.goer.person)


def offers(desk: Desk, wanted: Wanted) -> tuple[Offer, ...]:
    """The papers the chosen matters ask for, in the order they are filled in."""
    items = [_item(desk, code) for code in wanted.items]
    kinds = [kind for kind in FormKind if any(kind in item.forms for item in items)]
    return tuple(_offer(desk, wanted, kind) for kind in kinds)


def make(desk: Desk, wanted: Wanted) -> bytes:
    """The chosen papers as one PDF, dated today. Raises UserError when one of them cannot be made."""
    desk.require(Right.TAKE_OUT)
    if wanted.wall:
        return benefit_notice(desk, wanted.household)
    desk.require(Right.REVEAL)
    chosen = _complete(desk, wanted)
    papers: list[FormPaper | PublicNotice] = []
    for kind in FormKind:
        if kind in wanted.kinds:
            papers += paperwork_facts.papers(desk, chosen, kind)
    return render(papers, title=title(desk, wanted), printed_on=desk.today, fonts_folder=desk.fonts)


def look(desk: Desk, wanted: Wanted, *, width_px: int) -> Looked:
    """Make the papers and show every page; who looked stands in the log."""
    pdf = make(desk, wanted)
    if not wanted.wall:  # which shows no number
        _log(desk, "look at application papers", wanted)
    pages = tuple(page_image(pdf, page, width_px) for page in range(page_count(pdf)))
    return Looked(wanted, title(desk, wanted), pdf, pages)


def _complete(desk: Desk, wanted: Wanted) -> paperwork_facts.Chosen:
    """The choice as the facts are asked for. Raises UserError, at its field, for what is not chosen."""
    if not wanted.items:
        raise UserError("还没选办什么事。", field="items")
    chosen = _chosen(desk, wanted)
    if any(item.for_child for item in chosen.items) and not wanted.subject:
        raise UserError("还没选给哪个孩子办。", field="subject")
    return chosen


def _chosen(desk: Desk, wanted: Wanted) -> paperwork_facts.Chosen:
    items = tuple(_item(desk, code) for code in wanted.items)
    return paperwork_facts.Chosen(wanted.household, items, wanted.applicant, wanted.subject, wanted.agent)


def _item(desk: Desk, code: str) -> Item:
    """The matter as it holds in this village today."""
    return desk.pack.item(code).held(desk.village, desk.today)


def _offer(desk: Desk, wanted: Wanted, kind: FormKind) -> Offer:
    try:
        if kind is FormKind.SURVEY:
            paperwork_facts.survey(desk, wanted.household)
        elif kind is FormKind.NOTICE:
            paperwork_facts.notices(desk, _chosen(desk, wanted))
        unverified = paperwork_facts.wording(desk, kind).standing.unverified
    except UserError as error:
        return Offer(kind, False, error.words)
    usual = kind not in NOT_AT_FIRST or (kind is FormKind.MANDATE and bool(wanted.agent))
    return Offer(kind, usual, unverified=unverified)


def _who(
    wanted: Wanted,
    items: tuple[Item, ...],
    grown_up: tuple[Person, ...],
    children: tuple[Person, ...],
    head: str,
) -> Wanted:
    """Who applies and for whom, where there is no choice; what does not fit the matter is taken out."""
    adults = [one.id for one in grown_up]
    young = [one.id for one in children]
    for_child = any(one.for_child for one in items if one.code in wanted.items)
    subject, agent = wanted.subject, wanted.agent
    if subject in adults:  # a list is made for whoever goes; an elder applies herself and sends her
        wanted, agent, subject = replace(wanted, applicant=subject), agent or wanted.applicant, ""
    if for_child and subject not in young:
        subject = young[0] if len(young) == 1 else ""
    guardian = next((one.guardian for one in children if one.id == subject), None)
    applicant = wanted.applicant if wanted.applicant in adults else ""
    applicant = applicant or next((one for one in (guardian, head) if one in adults), "") or ""
    if not applicant and adults:
        applicant = adults[0]
    agent = agent if agent in adults and agent != applicant else ""
    return replace(wanted, applicant=applicant, subject=subject if subject in young else "", agent=agent)


def title(desk: Desk, wanted: Wanted) -> str:
    """What the worker calls them, and the name of their file."""
    if wanted.posted:
        return "公示"  # it hangs on a wall and travels as a picture: no name in its properties
    return f"{family(desk, wanted.household).title} {'户内告知单' if wanted.wall else '申请材料'}"


def kinds_words(wanted: Wanted) -> str:
    """Which papers, as the log names them."""
    return " ".join(kind.value for kind in FormKind if kind in wanted.kinds)


def _log(desk: Desk, verb: str, wanted: Wanted) -> None:
    with desk.unit(verb) as unit:
        unit.audit(verb, wanted.household, kinds_words(wanted))
