"""What happens in a history, to workers, to the county and to disks: each step draws its choices from it."""

from __future__ import annotations

from collections import deque

from sync.client.http import Busy
from sync.client.pace import FULL_PACE, Pace
from sync.server import devices
from sync.server.postgres import connect
from tests.sync.county import BRIDGE, TEA
from tests.sync.model import office, promises, work
from tests.sync.model.directed import DIRECTED
from tests.sync.model.history import Backup, History, Ways
from tests.sync.model.road import BAD
from tests.sync.model.shire import DEATHS

DOORS = ("1号", "2号", "3号", "")
TAGS = ("独居", "危房", "无电视", "大病")
MOST_LAPTOPS = 5


def create(story: History) -> None:
    laptop = story.anyone()
    village = story.random.choice(laptop.me.villages)
    if story.random.random() < 0.3:
        story.note(work.register(laptop, village, story.now()))
    else:
        story.note(work.call(laptop, village, story.now(), door=story.random.choice(DOORS), tags=tags(story)))


def tags(story: History) -> tuple[str, ...]:
    return tuple(story.random.sample(TAGS, story.random.randint(0, 3)))


def edit(story: History) -> None:
    laptop = story.anyone()
    homes = laptop.visible("household")
    if homes:
        facts = {
            "door": story.random.choice(DOORS),
            "note": story.random.choice(DOORS),
            "tags": tags(story),
        }
        some = story.random.sample(sorted(facts), story.random.randint(1, 2))
        facts = {name: facts[name] for name in some}
        story.note(work.edit(laptop, story.random.choice(homes), story.now(), **facts))


def move(story: History) -> None:
    laptop = story.anyone()
    tickets = laptop.visible("ticket")
    if tickets:
        owner = story.anyone().worker
        story.note(work.move(laptop, story.random.choice(tickets), story.now(), story.random.choice, owner))
        laptop.assert_own_work_is_seen()


def delete(story: History) -> None:
    laptop = story.anyone()
    homes = laptop.visible("household")
    if homes:
        story.note(work.delete(laptop, story.random.choice(homes), story.now()))
        story.seen["record deleted"] += 1


def sync(story: History) -> None:
    """A round on a line that is bad about every other time."""
    plan(story)
    story.round(story.anyone(), pace=pace(story))


def pace(story: History) -> Pace:
    """Often so little at a time that even these few records come in many pages."""
    if story.random.random() < 0.5:
        return FULL_PACE
    story.seen["small pages"] += 1
    return Pace(story.random.choice((1, 600)), story.random.choice((1, 2, 5)))


def plan(story: History) -> None:
    bad = [story.random.choice(BAD) if story.random.random() < 0.4 else "deliver" for _ in range(3)]
    story.road.plan = deque(bad)


def power_cut(story: History) -> None:
    """The laptop's power goes while it syncs."""
    plan(story)
    story.seen["laptop died in a round"] += 1
    story.round(story.anyone(), story.random.randint(1, 60), pace(story))


def server_death(story: History) -> None:
    """PostgreSQL ends the session inside the batch; all of it or nothing is there."""
    laptop = story.anyone()
    story.shire.die_at(story.random.choice(DEATHS), story.random.randint(1, 4))
    story.round(laptop)
    story.shire.call_off()
    if isinstance(story.problem, Busy):
        story.seen["server died in a batch"] += 1


def deliver_late(story: History) -> None:
    """What a box on the way had kept arrives now, in any order."""
    story.random.shuffle(story.road.late)
    for _ in range(story.random.randint(1, 3)):
        if story.road.late:
            story.road.tell(story.road.late.pop())
            story.seen["late request arrived"] += 1


def clerk(story: History) -> None:
    """Whoever was refused is enrolled again."""
    for laptop in story.laptops:
        if laptop.needs_code:
            story.enrol_again(laptop)


def revoke(story: History) -> None:
    laptop = story.anyone()
    with connect(story.shire.url) as connection:
        known = story.shire.rows("SELECT 1 FROM device WHERE device = %s", laptop.me.device)
        if known:
            devices.revoke(connection, laptop.me.device, story.shire.at)
            story.seen["computer revoked"] += 1


def relocate(story: History) -> None:
    records = sorted(story.shire.held())
    if records:
        record, village = story.random.choice(records), story.random.choice((TEA, BRIDGE))
        office.relocate(story, record, village)
        story.seen["record moved village"] += 1


def rescope(story: History) -> None:
    villages = story.random.choice(((TEA,), (BRIDGE,), (TEA, BRIDGE)))
    office.rescope(story, story.anyone().worker, villages)
    story.seen["villages given or taken"] += 1


def county_clock(story: History) -> None:
    story.shire.at = story.now()


def back_up(story: History) -> None:
    story.backups.append(Backup(story.shire.dump()))


def restore(story: History) -> Backup:
    """An older county comes back, and the administrator says so."""
    backup = story.random.choice(story.backups[-3:])
    office.put_county_back(story, backup)
    return backup


def keep(story: History) -> None:
    laptop = story.anyone()
    kept = story.kept.setdefault(laptop.name, [])
    kept.append(laptop.keep(story.folder / f"{laptop.name}-{len(kept)}"))


def roll_back(story: History) -> None:
    """A disk is put back as it was, and nobody says so."""
    laptop = story.anyone()
    if kept := story.kept.get(laptop.name):
        had = laptop.ids()
        laptop.lie_as(story.random.choice(kept))
        only_there = had - laptop.ids()
        story.former.clear()  # what that disk had heard is no longer known there
        story.give_up(only_there - story.shire.known(*only_there))
        story.seen["disk rolled back"] += 1
        story.copied = True


def put_back(story: History) -> None:
    """The worker puts a backup back, as the program offers it."""
    laptop = story.anyone()
    if kept := story.kept.get(laptop.name):
        had = laptop.ids()
        laptop.put_back(story.random.choice(kept), story.now())
        story.former.clear()
        if had - laptop.ids():
            raise promises.Lost("I1: what waited did not come along when a backup was put back")
        story.seen["backup put back"] += 1


def clone(story: History) -> None:
    """A copy of a laptop's folder is worked with on another computer."""
    if len(story.laptops) < MOST_LAPTOPS:
        laptop = story.anyone()
        name = f"{laptop.name}'{len(story.laptops)}"
        story.laptops.append(laptop.clone(name, story.folder / f"clone-{len(story.laptops)}"))
        story.seen["folder cloned"] += 1
        story.copied = True


STEPS: Ways = {
    "create": (8, create),
    "edit": (16, edit),
    "move": (6, move),
    "delete": (2, delete),
    "sync": (22, sync),
    "power cut": (4, power_cut),
    "server death": (4, server_death),
    "deliver late": (3, deliver_late),
    "clerk": (3, clerk),
    "revoke": (1, revoke),
    "relocate": (3, relocate),
    "rescope": (2, rescope),
    "county clock": (1, county_clock),
    "back up": (2, back_up),
    "restore": (1, restore),
    "keep": (3, keep),
    "roll back": (2, roll_back),
    "put back": (1, put_back),
    "clone": (1, clone),
    **DIRECTED,
}
