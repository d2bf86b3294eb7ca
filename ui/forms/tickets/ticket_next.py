"""What to do next with a ticket, state by state: one question, one filled button, and the other ways on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.actions.tickets.ticket_views import Story
from app.domain.tickets.ticket import State, Ticket
from app.domain.tickets.ticket_terms import FACES
from ui.forms.tickets.ticket_words import tr, visitor


@dataclass(frozen=True)
class Way:
    """A button: its words and the panel it opens (`close` acts at once)."""

    words: str
    key: str


@dataclass(frozen=True)
class Next:
    """`main` is the filled button; `phone` is shown large to dial on the worker's own mobile."""

    question: str
    main: Way | None = None
    others: tuple[Way, ...] = ()
    phone: str = ""
    whose: str = ""  # who answers that phone
    hint: str = ""


def next_of(story: Story) -> Next:
    """The card for the state the ticket is in."""
    return CARDS[story.ticket.state](story)


def _decide(story: Story) -> Next:
    if where := story.ticket.bounced_from:
        phone, whose = _office_phone(story)
        return Next(
            tr("{where}没接，退回来了").format(where=where),
            Way(tr("再说怎么办"), "decide"),
            (Way(tr("打完了，记一笔"), "note"),),
            phone,
            whose,
            tr("先打电话问一声，为什么没接。") if phone else tr("电话还不知道，问镇里。"),
        )
    again = story.ticket.state is State.TRIAGED
    question = tr("没收，再说怎么办") if again else tr("这件事怎么办")
    hint = tr("急难，先救人，缺的材料后头补。") if story.ticket.urgent else tr("号取好了，先定下怎么办。")
    return Next(question, Way(tr("说怎么办"), "decide"), hint=hint)


def _instant(_story: Story) -> Next:
    return Next(tr("今天当场办"), _result(), (_waiting(),), hint=tr("办好了当场告诉群众。"))


def _explained(_story: Story) -> Next:
    return Next(
        tr("把政策讲清楚"),
        Way(tr("讲清了，记下来"), "explain"),
        hint=tr("讲了哪几条，她听懂没有，都记下来。"),
    )


def _transferred(story: Story) -> Next:
    to = story.ticket.handed_to
    phone, whose = _office_phone(story)
    return Next(
        tr("问{where}：收了没有").format(where=to),
        Way(tr("打完了，记一笔"), "called"),
        (_result(), _waiting()),
        phone,
        whose,
        "" if phone else tr("电话还不知道，问镇里。"),
    )


def _deliberating(story: Story) -> Next:
    phone, whose = _office_phone(story)
    return Next(
        tr("问{where}：议了没有").format(where=story.ticket.handed_to or tr("镇里")),
        Way(tr("打完了，记一笔"), "decided"),
        (_result(),),
        phone,
        whose,
    )


def _in_progress(story: Story) -> Next:
    to = story.ticket.handed_to
    phone, whose = _office_phone(story)
    question = tr("问{where}：办好了没有").format(where=to) if to else tr("正在办")
    return Next(question, _result(), (Way(tr("还在办"), "note"), _waiting()), phone, whose)


def _waiting_applicant(story: Story) -> Next:
    ticket = story.ticket
    return Next(
        tr("等{who}：{what}").format(who=visitor(ticket), what=ticket.waiting_for),
        _came(),
        (Way(tr("打电话问了"), "asked"), _result()),
        _visitor_phone(story),
        visitor(ticket),
        _next_call(story),
    )


def _waiting_external(story: Story) -> Next:
    ticket = story.ticket
    return Next(
        tr("等{what}").format(what=ticket.waiting_for),
        _came(),
        (Way(tr("打电话问了"), "asked"), _result()),
        hint=tr("等的日子不算期限。") + _next_call(story),
    )


def _resolved(story: Story) -> Next:
    who = visitor(story.ticket)
    phone = _visitor_phone(story)
    return Next(tr("去回话：告诉{who}").format(who=who), Way(tr("回了话，记下来"), "reply"), (), phone, who)


def _replied(_story: Story) -> Next:
    return Next(
        tr("有结果，也回了话"),
        Way(tr("办结归档"), "close"),
        (Way(tr("又有新情况"), "again"), Way(tr("问满意度"), "survey")),
        hint=tr("一周后提醒您打电话，问落实了没有。"),
    )


def _closed(_story: Story) -> Next:
    return Next(tr("办结了，还没归档"), Way(tr("归档"), "close"))


def _merged(story: Story) -> Next:
    who, number = visitor(story.ticket), story.into.short_number if story.into else ""
    if not story.outcome:
        return Next(
            tr("并到 {number} 里办").format(number=number),
            None,
            (Way(tr("拆出来，单独办"), "take_out"),),
            hint=tr("那边有了结果，提醒您告诉{who}。").format(who=who),
        )
    return Next(
        tr("去回话：告诉{who}").format(who=who),
        Way(tr("回了话，记下来"), "pass_on"),
        (),
        _visitor_phone(story),
        who,
        tr("{number} 的结果：{result}").format(number=number, result=story.outcome),
    )


def _over(story: Story) -> Next:
    ticket = story.ticket
    words = tr("已归档，只能看。")
    if ticket.state is State.WITHDRAWN:
        words = tr("不办了，只能看。")
    elif ticket.state is State.DUPLICATE:
        number = story.into.short_number if story.into else ""
        words = tr("登记重了，在 {number} 里办。").format(number=number)
    lines = [ticket.result]
    if ticket.satisfaction:
        lines.append(
            tr("评了「{face}」，{who}指的。").format(face=FACES[ticket.satisfaction], who=ticket.rated_by)
        )
    others = (Way(tr("问满意度"), "survey"),) if ticket.state is State.ARCHIVED else ()
    return Next(words, None, others, hint="\n".join(line for line in lines if line))


CARDS: dict[State, Callable[[Story], Next]] = {
    State.DRAFT: _decide,
    State.REGISTERED: _decide,
    State.TRIAGED: _decide,
    State.INSTANT: _instant,
    State.EXPLAINED: _explained,
    State.TRANSFERRED: _transferred,
    State.DELIBERATING: _deliberating,
    State.IN_PROGRESS: _in_progress,
    State.WAITING_APPLICANT: _waiting_applicant,
    State.WAITING_EXTERNAL: _waiting_external,
    State.RESOLVED: _resolved,
    State.REPLIED: _replied,
    State.CLOSED: _closed,
    State.ARCHIVED: _over,
    State.WITHDRAWN: _over,
    State.MERGED: _merged,
    State.DUPLICATE: _over,
}


def may_withdraw(ticket: Ticket) -> bool:
    """Whether the citizen can still take the matter back."""
    return not ticket.ended and ticket.state is not State.MERGED


def _result() -> Way:
    return Way(tr("有结果了"), "result")


def _waiting() -> Way:
    return Way(tr("等别人"), "wait")


def _came() -> Way:
    return Way(tr("来了，接着办"), "go_on")


def _office_phone(story: Story) -> tuple[str, str]:
    contact = next((one for one in (story.office.contacts if story.office else ()) if one.phone), None)
    return (contact.phone, contact.name) if contact else ("", "")


def _visitor_phone(story: Story) -> str:
    known = story.ticket.visitor_phone or (story.visitor.phone if story.visitor else "")
    return known or (story.household.phone if story.household else "")


def _next_call(story: Story) -> str:
    due = min((one.due_on for one in story.followups), default=None)
    return tr("{month}月{day}日提醒您再问。").format(month=due.month, day=due.day) if due else ""
