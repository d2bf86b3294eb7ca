"""How a disagreement is put in words: its title, what each choice does, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.actions.conflicts.conflicts import Case, Side
from app.domain.conflict import Choice, Kind
from ui.forms.syncing.sync_side import spoken_day


def tr(text: str) -> str:
    """`text` in the language of the screen."""
    return QCoreApplication.translate("Conflicts", text)


def heading(case: Case) -> str:
    """What happened, in one line."""
    return {
        Kind.FIELD: tr("同一格，两个人写得不一样"),
        Kind.DELETED: tr("一个人删了，一个人还在写"),
        Kind.TRANSITION: tr("这张单在别处已经往下走了"),
        Kind.DUPLICATE: tr("两个人用了同一个身份证号"),
    }[case.kind]


def calm(case: Case) -> str:
    """That nothing is lost, and what to do."""
    return {
        Kind.FIELD: tr("两边都没丢。选一个用，另一个留在记录里。"),
        Kind.DELETED: tr("两边都没丢。定下来以后，大家看到的都一样。"),
        Kind.TRANSITION: tr("您写的都留着。要补的，到那张单上按现在这一步接着办。"),
        Kind.DUPLICATE: tr("两条都留着。看看是不是同一个人；号码写错了，到住户那一页去改。"),
    }[case.kind]


def choice_words(case: Case, choice: Choice) -> str:
    """What a choice is called."""
    if case.kind is Kind.DUPLICATE:
        return {Choice.THEIRS: tr("是同一个人"), Choice.MINE: tr("不是同一个人")}[choice]
    if case.kind is Kind.TRANSITION:
        return {Choice.THEIRS: tr("就按现在的走"), Choice.MINE: tr("晚到的这一步")}[choice]
    side = case.theirs if choice is Choice.THEIRS else case.mine
    if side.own:
        return tr("用我写的")
    return tr("用{who}写的").format(who=side.who) if side.who else tr("用县里现在的")


def written(side: Side) -> str:
    """Who and when; `这台电脑` cannot be told from her other one, so it is only 我."""
    who = tr("我写的") if side.own else side.who
    when = spoken_day(side.at) if side.at is not None else ""
    return " · ".join(part for part in (who, when) if part)


def became(case: Case) -> str:
    """How it was settled, for the list of those that are."""
    if case.choice is None:
        return ""
    word = tr("重新填的") if case.choice is Choice.OTHER else choice_words(case, case.choice)
    return tr("{who}定的：{word}").format(who=case.decided_who, word=word) if case.decided_who else word
