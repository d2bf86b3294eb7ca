"""On which days a place can be gone to at all: closed weekdays, holidays, market days, the noon break.

Read from the very words that are printed, so that what a worker typed herself counts like the pack's.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from app.domain.checklists.checklist import Place
from app.domain.workdays import WorkCalendar

WEEKDAYS = "一二三四五六日"
NAMED = re.compile(
    r"(?:周|星期|礼拜)([一二三四五六日天末]+)(?:[至到—–-]+(?:周|星期|礼拜)?([一二三四五六日天]))?"
)
MARKET = re.compile(r"逢([一二三四五六七八九十0-9０-９、，,和及 ]+)")
FIGURES = {figure: value for value, figure in enumerate("十一二三四五六七八九")}
LUNAR = ("农历", "阴历", "旧历")  # no calendar of the moon here: said on the paper, never counted
WEEK, MONTH = 7, 31
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
HALF_DAY = 12


def closed_weekdays(place: Place) -> frozenset[int]:
    """The weekdays (Monday is 0) that `place.closed` names: 周六 周日, 周末, 周一至周三, 星期天."""
    found: set[int] = set()
    text = place.closed.replace("双休日", "周末")
    for days, last in NAMED.findall(text):
        numbers = [n for day in days for n in ((5, 6) if day == "末" else (_weekday(day),))]
        found.update(numbers)
        if last:
            length = (_weekday(last) - numbers[-1]) % 7 + 1
            found.update((numbers[-1] + n) % 7 for n in range(length))
    return frozenset(found)


def why_shut(place: Place, day: date, calendar: WorkCalendar) -> str:
    """Why nobody is there on `day` (周六, 国庆节); "" when the door is open as far as anyone knows.

    An office that keeps weekends also works on the Saturdays that make up for a holiday.
    """
    if holiday := calendar.holiday(day):
        return holiday
    if day.weekday() in closed_weekdays(place) and not (day.weekday() >= 5 and day in calendar.make_up):
        return f"周{WEEKDAYS[day.weekday()]}"
    return ""


def next_open(place: Place, day: date, calendar: WorkCalendar) -> date:
    """`day` itself when the place is open then, else the first day after it on which it is."""
    days = (day + timedelta(days=n) for n in range(MONTH))
    return next((one for one in days if not why_shut(place, one, calendar)), day)


def good_day(place: Place, day: date, calendar: WorkCalendar) -> date:
    """The first day from `day` on which to go: open, and within the week rather not a market day."""
    days = [day + timedelta(days=n) for n in range(WEEK)]
    quiet = (one for one in days if not why_shut(place, one, calendar) and not is_market(place, one))
    return next(quiet, None) or next_open(place, day, calendar)


def is_market(place: Place, day: date) -> bool:
    """Whether `place.market` (逢三、六、九赶集) names `day` by the last figure of the solar date."""
    if any(word in place.market for word in LUNAR):
        return False
    found = MARKET.search(place.market)
    if not found:
        return False
    figures = {FIGURES.get(one, int(one) if one.isdigit() else -1) for one in found[1]}
    return day.day % 10 in figures


def day_words(day: date) -> str:
    """`12月1日（周二）`: how a day stands on a paper and in a sentence."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def break_until(place: Place, now: time) -> str:
    """When the doors open again (2:30) if `now` falls between morning and afternoon; else ""."""
    morning, afternoon = _span(place.morning, 0), _span(place.afternoon, HALF_DAY)
    if morning and afternoon and morning[1] <= now < afternoon[0]:
        return place.afternoon.split("–")[0].split("-")[0].strip()
    return ""


def over_for_today(place: Place, now: time) -> bool:
    """Whether the last hour of the day's opening has passed; unknown hours are never over."""
    last = _span(place.afternoon, HALF_DAY) or _span(place.morning, 0)
    return last is not None and now >= last[1]


def _weekday(day: str) -> int:
    return 6 if day == "天" else WEEKDAYS.index(day)


def _span(text: str, after: int) -> tuple[time, time] | None:
    # 3:00–6:00 in the afternoon box is 15:00–18:00; 14:30–17:30 is meant as written.
    found = [(int(hour), int(minute)) for hour, minute in CLOCK.findall(text)]
    if len(found) != 2 or any(hour > 23 or minute > 59 for hour, minute in found):
        return None
    first, last = (time(hour + after if hour < after and hour < 8 else hour, m) for hour, m in found)
    return first, last
