"""More that happens in half of the histories: photos, sticks, families that move, a killed database."""

from __future__ import annotations

from itertools import count

from app.actions import attachments, far_files
from app.domain.ids import new_id
from tests.sync.county import BRIDGE, TEA
from tests.sync.model import carried, pictures, steps, work
from tests.sync.model.history import Backup, History, Ways
from tests.sync.model.laptop import Laptop
from tests.sync.model.promises_of_photos import what_is_sent_is_there
from tests.sync.model.shire import DEATHS

PICTURES = 8  # different ones there are to take


def visit(story: History) -> None:
    """A household is called on, with photos or without; they are named at once, or sent before that."""
    laptop = story.anyone()
    homes = laptop.visible("household")
    if not homes:
        return
    home = story.random.choice(homes)
    village, at = laptop.row(home)[2], story.now()
    record = new_id(at)
    numbers = story.random.sample(range(PICTURES), story.random.choice((0, 1, 1, 2, 3)))
    photos = pictures.taken(laptop, record, numbers, at)
    if numbers and story.random.random() < 0.3:
        send(story, laptop)
        story.seen["photo sent before its record"] += 1
    if pictures.unnamed(laptop, photos):
        return  # the power went before they were kept
    strokes = story.random.choice((0, 3, 20))
    story.note(work.visit(laptop, village, home, at, record, photos, strokes))
    story.pictures.named |= {one.sha256 for one in photos} | {one.thumb for one in photos}
    story.seen["visit with photos" if photos else "visit without a photo"] += 1


def send_photos(story: History) -> None:
    """What waits of photos goes up on a line like a round's; now and then it stops, or the power goes."""
    send(story, story.anyone())


def send(story: History, laptop: Laptop) -> None:
    steps.plan(story)
    die_at = story.random.randint(1, 40) if story.random.random() < 0.15 else 0
    pieces = count(story.random.randint(1, 6), -1) if story.random.random() < 0.2 else count(1)
    if story.random.random() < 0.1:
        story.shire.die_at("blob", 1)
    if story.send_photos(laptop, die_at, lambda: next(pieces) == 0):
        what_is_sent_is_there(story, laptop)
    story.shire.call_off()
    story.seen["photos sent"] += 1


def look(story: History) -> None:
    """Pictures of other computers are looked at; now and then the room they take is made free again."""
    laptop = story.anyone()
    missing = pictures.wanted(laptop)
    steps.plan(story)
    for one in story.random.sample(missing, min(2, len(missing))):
        with story.meeting(laptop) as met:
            pictures.fetch(laptop, story.road, story.now(), one)
        story.seen["photo looked at" if met.well else "photo not to be had"] += 1
    if story.random.random() < 0.3:
        far_files.make_room(laptop.desk(story.now()), keep=0)
    with story.pictures.at_risk(story):  # of a county that has lost its files, and has not said so yet
        story.seen["photos that left with their family"] += attachments.let_go(laptop.desk(story.now()))


def move_family(story: History) -> None:
    """A family moves with everything, likeliest one about which two disagree."""
    held = {record: row for record, row in story.shire.held().items() if not row["deleted"]}
    homes = sorted(record for record, row in held.items() if row["type"] == "household")
    cases = [row["body"] for row in held.values() if row["type"] == "conflict"]
    torn = sorted({one["of"] for one in cases if one.get("state") == "open"} & set(homes))
    if not homes:
        return
    home = story.random.choice(torn or homes)
    here = held[home]["bucket"].removeprefix("v:")
    village = BRIDGE if here == TEA else TEA
    for record in story.shire.move_family(home, village):
        story.moved[record] = village
    story.seen["family moved" + (" with an open case" if torn else "")] += 1


def database_killed(story: History) -> None:
    """All of PostgreSQL is killed with SIGKILL, in a batch or between two, and starts again by itself."""
    if story.shire.cluster is None:
        steps.server_death(story)
        return
    busy = [laptop for laptop in story.laptops if laptop.store.ledger.waiting()]
    if not busy or story.random.random() < 0.3:
        story.shire.kill()
        story.seen["PostgreSQL killed at rest"] += 1
        return
    story.shire.die_at(story.random.choice(DEATHS), story.random.randint(1, 4), whole=True)
    story.round(story.random.choice(busy))
    if story.shire.revive():
        story.seen["PostgreSQL killed in a batch"] += 1
    story.shire.call_off()


def back_up(story: History) -> None:
    story.backups.append(Backup(story.shire.dump(), story.shire.files()))


def restore(story: History) -> None:
    """The county comes back with its files, with those of the backup, or with none."""
    with story.pictures.at_risk(story):
        put_back = steps.restore(story)
        how = story.random.choice(("all its files", "the files of the backup", "no files"))
        if how != "all its files":
            story.shire.lose_files(set(put_back.files) if how == "the files of the backup" else set())
    story.seen[f"county restored with {how}"] += 1


def roll_back(story: History) -> None:
    with story.pictures.at_risk(story):
        steps.roll_back(story)


def put_back(story: History) -> None:
    with story.pictures.at_risk(story):
        steps.put_back(story)


EVERYTHING: Ways = {
    **steps.STEPS,
    "visit": (7, visit),
    "send photos": (6, send_photos),
    "look": (3, look),
    "write a stick": (4, carried.write),
    "stick at the county": (5, carried.at_county),
    "stick at home": (5, carried.at_home),
    "stick lost": (1, carried.lose),
    "move a family": (2, move_family),
    "database killed": (1, database_killed),
    "back up": (2, back_up),
    "restore": (2, restore),
    "roll back": (2, roll_back),
    "put back": (1, put_back),
}
