"""Steps that bring about what chance seldom does: what two do to one thing before either heard of the other.

Each is a few plain steps in a row; what befalls before and after is drawn as ever.
"""

from __future__ import annotations

from collections import deque

from app.domain.problem import UserError
from app.domain.tickets.ticket import State
from sync.client.pace import Pace
from sync.server import quarantine
from sync.server.postgres import connect
from tests.sync.county import BRIDGE, COUNTY, TEA
from tests.sync.model import office, work
from tests.sync.model.history import Backup, History, Ways
from tests.sync.model.laptop import Laptop
from tests.sync.model.shire import DEATHS

FREE = {"household": ("door", "note"), "ticket": ("request",)}  # fields two may come to write differently


def quarrel(story: History) -> None:
    """Two write the same field of one record before either hears of the other, each her own value."""
    found = _both_have(story, story.random.choice(("household", "household", "ticket")))
    if found is None:
        return
    first, second, record = found
    field = story.random.choice(FREE[first.kind_of(record)])
    story.note(work.edit(first, record, story.now(), **{field: "7号"}))
    story.note(work.edit(second, record, story.now(), **{field: "8号"}))
    for laptop in (first, second):
        story.round(laptop)
    story.seen["two wrote one field"] += 1


def decide(story: History) -> None:
    """Somebody's word on what two wrote differently."""
    laptop = story.anyone()
    if open_ := _open_cases(laptop):
        story.note(work.decide(laptop, story.random.choice(open_), story.now(), story.random.choice))
        story.seen["disagreement decided"] += 1


def decide_both(story: History) -> None:
    """Two say their word on one disagreement before either hears of the other's."""
    found = _both_have(story, "conflict")
    if found is None:
        return
    first, second, case = found
    for laptop in (first, second):
        if case in _open_cases(laptop):
            story.note(work.decide(laptop, case, story.now(), story.random.choice))
    for laptop in (first, second):
        story.round(laptop)
    story.seen["disagreement decided by two"] += 1


def decide_late(story: History) -> None:
    """A word on a disagreement whose record goes on meanwhile: a ticket ends, a household is edited."""
    first, second = story.random.sample(story.laptops, 2)
    about = {case: first.row(case)[1] for case in _open_cases(first)}
    both = [case for case, body in about.items() if body["of"] in second.visible()]
    if not both:
        return
    case = story.random.choice(both)
    record = str(about[case]["of"])
    if about[case]["of_type"] == "ticket":
        story.note(work.move(second, record, story.now(), _withdrawn, second.worker))
    else:
        field = str(about[case]["field"])
        field = field if field in FREE["household"] else "note"
        story.note(work.edit(second, record, story.now(), **{field: "6号"}))
    story.round(second)
    story.note(work.decide(first, case, story.now(), story.random.choice))
    story.round(first)
    story.seen["decided late"] += 1


def write_late(story: History) -> None:
    """A word in a ticket that somebody takes back meanwhile."""
    found = _both_have(story, "ticket")
    if found is None:
        return
    first, second, ticket = found
    story.note(work.edit(first, ticket, story.now(), request=story.random.choice(("4号", "5号"))))
    story.note(work.move(second, ticket, story.now(), _withdrawn, second.worker))
    for laptop in (second, first):
        story.round(laptop)
    story.seen["wrote into what has ended"] += 1


def lay_aside(story: History) -> None:
    """A village is taken from her while she writes in it, and given back before all of it was sent: what she
    began is laid aside, and what she wrote on it comes before its record."""
    laptop = story.anyone()
    story.round(laptop)
    village, had = story.random.choice(laptop.me.villages), sorted(story.shire.scope(laptop.worker))
    office.rescope(story, laptop.worker, [one for one in (TEA, BRIDGE) if one != village])
    made = work.call(laptop, village, story.now(), door="4号")
    story.note(made)
    story.note(work.edit(laptop, made.change.record, story.now(), door="5号"))
    story.road.plan = deque(("deliver", "county busy"))
    story.round(laptop, pace=Pace(1, 5))
    office.rescope(story, laptop.worker, sorted({*had, village}))
    story.round(laptop)
    story.seen["wrote in a village that was taken"] += 1
    if story.random.random() < 0.5:
        _let_in(story, made.change.id)


def decide_aside(story: History) -> None:
    """Her word on a disagreement of a village that was taken from her is let in by the township."""
    laptop = story.anyone()
    cases = _open_cases(laptop)
    if not cases:
        return
    case = story.random.choice(cases)
    village, had = laptop.row(case)[2], sorted(story.shire.scope(laptop.worker))
    office.rescope(story, laptop.worker, [one for one in (TEA, BRIDGE) if one != village])
    made = work.decide(laptop, case, story.now(), story.random.choice)
    story.note(made)
    story.round(laptop)
    office.rescope(story, laptop.worker, had)
    if made is not None:
        _let_in(story, made.change.id)
    story.seen["a word was let in by the township"] += 1


def _withdrawn(ways: list[State]) -> State:
    return State.WITHDRAWN if State.WITHDRAWN in ways else ways[0]


def copy_comes_first(story: History) -> None:
    """One writes twice and another hears of it; then the county is put back, and the other comes first."""
    found = _both_have(story, "household")
    if found is None:
        return
    first, second, home = found
    before = Backup(story.shire.dump())
    for door in ("4号", "5号"):
        story.note(work.edit(first, home, story.now(), door=door))
        story.round(first)
    story.round(second)
    office.put_county_back(story, before)
    for laptop in (second, first):
        story.round(laptop)
    story.seen["a colleague's copy came first"] += 1


def copy_comes_late(story: History) -> None:
    """The county is put back, another writes what she had not heard was written, and then the copy comes."""
    found = _both_have(story, "household")
    if found is None:
        return
    first, second, home = found
    before = Backup(story.shire.dump())
    story.note(work.edit(first, home, story.now(), door="4号", note="4号"))
    story.round(first)
    office.put_county_back(story, before)
    story.note(work.edit(second, home, story.now(), door="6号"))
    for laptop in (second, first):
        story.round(laptop)
    story.seen["a colleague's copy came late"] += 1


def work_in_a_round(story: History) -> None:
    """She goes on writing while the round runs, in records of which it may just bring something."""
    laptop = story.anyone()

    def meanwhile() -> None:
        homes = laptop.visible("household")
        if homes and story.random.random() < 0.5:
            note = story.random.choice(("1号", "2号", "3号"))
            story.note(work.edit(laptop, story.random.choice(homes), story.now(), note=note))
            laptop.assert_own_work_is_seen()

    rows = story.random.choice((1, 2, 5))
    story.round(laptop, pace=Pace(story.random.choice((1, 600)), rows), meanwhile=meanwhile)
    story.seen["wrote in a round"] += 1


def release(story: History) -> None:
    """The township lets in what was laid aside whole."""
    rows = story.shire.rows("SELECT op FROM quarantine WHERE status = 'open' ORDER BY seq")
    if rows:
        _let_in(story, story.random.choice(rows)["op"])


def _let_in(story: History, change: str) -> None:
    """What is laid aside of this change, if anything is, comes in on the township's word."""
    for row in story.shire.rows("SELECT seq FROM quarantine WHERE status = 'open' AND op = %s", change):
        with connect(story.shire.url) as connection:
            try:
                quarantine.release(connection, COUNTY, row["seq"], "镇里", story.shire.at)
            except UserError:
                return  # its record is not there: it waits on
        story.seen["let in by the township"] += 1


def crowd(story: History) -> None:
    """What several laptops send arrives at one moment, with all that a box on the way had kept; of some the
    session at the county may die."""
    for laptop in story.random.sample(story.laptops, story.random.randint(2, len(story.laptops))):
        if homes := laptop.visible("household"):
            home = story.random.choice(homes)
            story.note(work.edit(laptop, home, story.now(), note=story.random.choice(("3号", "4号", ""))))
        story.road.plan = deque(["delivered weeks late"])
        story.round(laptop)
    arriving, story.road.late = story.road.late, []
    if story.random.random() < 0.2:
        story.shire.die_at(story.random.choice(DEATHS), story.random.randint(1, 4))
    story.road.tell_all(arriving)
    story.shire.call_off()
    story.seen["requests came at one moment"] += len(arriving)


def _both_have(story: History, kind: str) -> tuple[Laptop, Laptop, str] | None:
    """Two laptops and a record of this kind that both show."""
    first, second = story.random.sample(story.laptops, 2)
    both = sorted(set(first.visible(kind)) & set(second.visible(kind)))
    return (first, second, story.random.choice(both)) if both else None


def _open_cases(laptop: Laptop) -> list[str]:
    return [one for one in laptop.visible("conflict") if laptop.row(one)[1].get("state") == "open"]


DIRECTED: Ways = {
    "quarrel": (6, quarrel),
    "decide": (10, decide),
    "decide both": (3, decide_both),
    "decide late": (4, decide_late),
    "decide aside": (2, decide_aside),
    "write late": (2, write_late),
    "lay aside": (2, lay_aside),
    "copy comes first": (1, copy_comes_first),
    "copy comes late": (1, copy_comes_late),
    "work in a round": (5, work_in_a_round),
    "release": (2, release),
    "crowd": (4, crowd),
}
