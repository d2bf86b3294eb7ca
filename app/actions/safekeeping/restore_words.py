"""What a backup holds and what a restore does, in the worker's words; the same in the window and without."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.actions.safekeeping.restoring import Preview, Restored
from app.domain.workdays import CHINA

KIND_WORDS = (
    ("household", "户"),
    ("person", "人"),
    ("visit", "次走访"),
    ("ticket", "张首访单"),
    ("checklist", "张办事清单"),
)

BESIDE = {"packs": "县里的政策包", "settings": "设置（字大小这些）"}


def when(at: datetime, now: datetime) -> str:
    """`今天 19:40`, `昨天 19:40`, `11月12日 19:40`, with the year when it is another."""
    return f"{day(at, now)} {at.astimezone(CHINA):%H:%M}"


def day(at: datetime, now: datetime) -> str:
    """`今天`, `昨天`, `11月12日`, with the year when it is another."""
    return _day(at.astimezone(CHINA).date(), now.astimezone(CHINA).date())


def inside(preview: Preview) -> tuple[str, ...]:
    """Whose, when, how much, up to when, and how much had not been sent."""
    made = preview.made_at.astimezone(CHINA)
    counts = "，".join(f"{preview.counts.get(kind, 0)} {word}" for kind, word in KIND_WORDS)
    lines = [
        f"{preview.village}，{preview.worker_name}的资料",
        f"备份是 {made.year}年{made.month}月{made.day}日 {made:%H:%M} 做的",
        f"里面有 {counts}",
    ]
    if visit := preview.newest_visit:
        lines.append(f"最近一次走访是 {visit.year}年{visit.month}月{visit.day}日")
    if preview.waiting:
        lines.append(f"那时有 {preview.waiting} 条等着上传")
    for used, said in ((True, "{what}一起放回去"), (False, "{what}这台电脑上有，用这台电脑上的")):
        if what := "和".join(BESIDE[one.kind] for one in preview.brought if one.used is used):
            lines.append(said.format(what=what))
    return tuple(lines)


def replaced(preview: Preview) -> tuple[str, ...]:
    """What happens to what is on this computer now; nothing is said on an empty one."""
    here = preview.here
    if here is None:
        return ()
    if not here.opens:
        return ("这台电脑上现在的资料打不开，整个留着，不删。",)
    if not here.hers:
        return ("这台电脑上现在是别人的资料，整个留着，不删也不混。",)
    lines = []
    if here.newer and here.touched_at is not None:
        touched = here.touched_at.astimezone(CHINA)
        lines.append(f"这台电脑上的比它新，{touched.month}月{touched.day}日 {touched:%H:%M} 动过。")
    if here.waiting:
        lines.append(f"没上传的 {here.waiting} 条会带过去，不丢。")
    lines.append("换下来的整个留着，不删。")
    return tuple(lines)


def outcome(done: Restored, preview: Preview) -> tuple[str, ...]:
    """That it is done, and where the other lies."""
    lines = ["恢复好了。传过的，有网时县里会再发下来。"]
    if done.carried:
        lines.append("没上传的都带过来了。")
    if done.aside is not None:
        here = preview.here
        lost = here is not None and not (here.opens and here.hers)
        more = "没上传的在里面，镇里能救。" if lost else ""
        lines.append(f"换下来的那份没有删，在：{done.aside}。{more}")
    return tuple(lines)


def _day(day: date, today: date) -> str:
    if day == today:
        return "今天"
    if day == today - timedelta(days=1):
        return "昨天"
    plain = f"{day.month}月{day.day}日"
    return plain if day.year == today.year else f"{day.year}年{plain}"
