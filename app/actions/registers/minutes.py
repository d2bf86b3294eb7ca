"""The minutes sheet of a 民主评议: empty to take along, or filled in from the register to be signed."""

from __future__ import annotations

from app.actions.desk import Desk
from app.actions.registers import reviews
from app.documents.forms.clerk_people import day_words
from app.documents.registers.review_sheet import render
from app.domain.people.household import Household
from app.domain.registers.review import Review, ReviewRules
from app.domain.registers.sheets import ReviewPaper
from app.domain.roles import Right

EMPTY_SIGNERS = 21


def filled(desk: Desk, review: str) -> bytes:
    """The minutes of a meeting in the register."""
    made = desk.store.reading.get(Review, review)
    home = desk.store.reading.find(Household, made.household)
    items = {one.code: one.name for one in desk.pack.items()}
    numbers = {
        "该到": made.expected, "实到": made.attended, "村民代表": made.representatives,
        "回避": len(made.recused), "同意": made.agree, "不同意": made.against, "弃权": made.abstain,
        "合计": made.votes,
    }  # fmt: skip
    return _render(
        desk,
        ReviewPaper(
            village_name=desk.village_name,
            on=day_words(made.on),
            place=made.place,
            host=made.host,
            who=made.who,
            group=home.group if home else "",
            item=items.get(made.item, made.item),
            numbers={name: str(number) for name, number in numbers.items()},
            recused=tuple(f"{one.name}（{one.tie.words}）" for one in made.recused),
            minutes=made.minutes,
            verdict=made.verdict.words if made.verdict else "",
            signers=made.attended,
            recorded_by=made.recorded_by,
            printed_on=desk.today,
            rule=_rule(reviews.rules(desk)),
            simulated=desk.pack.simulated,
        ),
    )


def empty(desk: Desk) -> bytes:
    """A sheet to take along and write on by hand."""
    paper = ReviewPaper(
        desk.village_name, "", "", "", "", "", "", {}, (), "", "", EMPTY_SIGNERS, "", desk.today,
        rule=_rule(reviews.rules(desk)), simulated=desk.pack.simulated,
    )  # fmt: skip
    return _render(desk, paper)


def _render(desk: Desk, paper: ReviewPaper) -> bytes:
    desk.require(Right.TAKE_OUT)
    return render(paper, fonts_folder=desk.fonts)


def _rule(rules: ReviewRules) -> str:
    came, agreed = rules.quorum, rules.approval
    return (
        f"（该到的人到 {came.numerator}/{came.denominator} 以上才算数，"
        f"到会的人 {agreed.numerator}/{agreed.denominator} 以上同意才算通过。）"
    )
