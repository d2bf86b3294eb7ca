"""How a household of the plan is put into words: why to go there, since when, and how pressing it is."""

from __future__ import annotations

from datetime import date

from app.actions.visits.families import Family
from app.domain.visits.duty import Stand
from app.domain.visits.plan import Stop, Todo
from app.domain.visits.task import VisitTask


def chip(stop: Stop, today: date) -> str:
    """`10月没去`, `晚了 3 天`, `今天`, `还有 5 天`, `本月`."""
    if stop.appointment is not None:
        on = stop.appointment.on
        if on >= today:
            return "说好今天去" if on == today else f"{on.month}月{on.day}日再去"
        return f"说好 {on.month}月{on.day}日"
    stand, due = stop.stand(today), stop.due
    if due is None:
        return ""
    if stand is Stand.OVERDUE:
        return _missed(stop, today)
    if stand is Stand.SOON:
        return "今天" if due == today else f"还有 {(due - today).days} 天"
    return "本月" if (due.year, due.month) == (today.year, today.month) else f"{due.month}月{due.day}日前"


def _missed(stop: Stop, today: date) -> str:
    late = min((one.duty.missed for one in stop.todos if one.duty and one.duty.missed), default=None)
    by_month = [
        one for one in stop.todos if one.duty and one.duty.missed == late and one.duty.cadence.calendar
    ]
    if late is not None and by_month:
        return (
            f"{late.month}月没去" if by_month[0].duty and by_month[0].duty.cadence.count == 1 else "上期没去"
        )
    day = stop.due or today
    return f"晚了 {(today - min(day, late or day)).days} 天"


def why(stop: Stop, family: Family) -> str:
    """`月入户；彭冬秀：高风险探访、老人月探访`: everything to go there for, gathered by whose it is."""
    if not stop.todos:
        return "上次没人在家"
    whose: dict[str, list[str]] = {}
    for one in stop.todos:
        whose.setdefault(family.called(one.persons), []).append(one.name)
    return "；".join(
        f"{who}：{'、'.join(names)}" if who else "、".join(names) for who, names in whose.items()
    )


def purpose_words(todo: Todo, family: Family) -> str:
    """`高风险探访（彭冬秀）`."""
    who = family.called(todo.persons)
    return f"{todo.name}（{who}）" if who else todo.name


def seen(last: date | None, today: date) -> str:
    """`上次 10月3日`, with the year where it is another one; `还没去过`."""
    if last is None:
        return "近一年没去过"
    return f"上次 {last.month}月{last.day}日" if last.year == today.year else f"上次 {last.isoformat()}"


def _task_words(task: VisitTask) -> str:
    if not task.campaign:
        return task.why
    return f"县里派的：{task.campaign}" + (f"。{task.why}" if task.why else "")


def rule_words(todo: Todo) -> str:
    """Where a duty comes from: `80 岁以上独居…每周一次。依据：内蒙古探访关爱做法（待核）`."""
    if todo.check is not None:
        return f"线索：{todo.check.words}"
    if todo.duty is None:
        return _task_words(todo.task) if todo.task is not None else ""
    cadence = todo.duty.cadence
    source, doubt = cadence.standing.source, "（待核）" if cadence.standing.unverified else ""
    return f"{cadence.who}，{todo.how_often}。依据：{source or '没写出处'}{doubt}"
