"""Pictures of 问卷: the list, one begun with a name or without, the totals, and what is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.actions.desk import Desk
from app.actions.surveys import filling, finishing
from app.actions.surveys.filling import Sitting, Whom
from app.domain.people.household import Household
from app.domain.surveys.asking import asked, wrong
from app.domain.surveys.filling import Filling
from app.domain.surveys.survey import Kind, Question
from demo.hand import Hand
from demo.screens.gallery import Gallery

ASKED = 24  # a fifth of a year's


def surveys(hand: Hand, gallery: Gallery) -> None:
    """From the empty list to the paper."""
    gallery.room("问卷")
    window = hand.program.window
    window.go("surveys")
    gallery.take(hand, "surveys_empty", "还没问过")
    homes: list[str] = []
    hand.program.tasks.run(hand.program, _ask_around, homes.extend)
    hand.settle()
    window.go("surveys")
    gallery.take(hand, "surveys", "问过一些")
    window.go("surveys", new=True, survey="home", household=homes[0])
    gallery.take(hand, "survey_begin", "问谁，记不记名")
    hand.click("记不记名？让本人说，不记名")
    hand.click("开始问")
    gallery.take(hand, "survey_nameless", "不记名的")
    hand.click("先放一放")
    gallery.take(hand, "surveys_begun", "没问完的")
    window.go("surveys", survey="home")
    gallery.take(hand, "survey_totals", "汇总")
    hand.click("打空白卷")
    gallery.take(hand, "survey_blank", "空白卷")
    hand.click("回去")
    hand.click("打汇总")
    gallery.take(hand, "survey_totals_paper", "汇总打出来的样子")


def _ask_around(desk: Desk) -> list[str]:
    homes = [one for one in desk.store.reading.each(Household) if one.head and not one.moved_out][:ASKED]
    for number, home in enumerate(homes):
        if number % 8 == 7:
            filling.refused(desk, "home", Whom(home.id))
            continue
        sitting = filling.begin(desk, "home", Whom(home.id), anonymous=number % 3 == 2)
        finishing.finish(desk, _answered(sitting, number))
    return [one.id for one in homes]


def _answered(sitting: Sitting, number: int) -> Filling:
    """Every question that is asked, one household otherwise than the next."""
    made = sitting.filling
    for _round in range(len(sitting.survey.questions)):
        for place, one in enumerate(asked(sitting.survey, made.answers)):
            if wrong(one, made.answers.get(one.id)):
                made = made.answered(one.id, _answer(one, number + place))
    return replace(made, taken=())


def _answer(question: Question, number: int) -> Any:
    if question.choices:
        code = question.choices[number % len(question.choices)].code
        return [code] if question.kind is Kind.MULTI else code
    if question.kind is Kind.SCALE:
        return 5 - number % 3
    return max(question.least, 1 + number % 4)
