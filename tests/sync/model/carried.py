"""USB sticks in a history: written, read at the county twice or weeks late, answered, read at home, lost.

A stick lives on through whatever becomes of the laptop that wrote it and of the county that answered: nothing
of what it holds is ever wrong to bring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.problem import UserError
from sync.client import stick
from sync.protocol.errors import Refused
from sync.protocol.limits import BUNDLE_PATH, MESSAGE_TYPE, PROTOCOL_HEADER
from sync.server import sticks
from sync.server.postgres import connect
from tests.sync.model import promises
from tests.sync.model.asked import Asked
from tests.sync.model.laptop import Laptop
from tests.sync.model.pictures import Album
from tests.sync.model.shire import DEATHS

if TYPE_CHECKING:
    from tests.sync.model.history import History

HEADERS = {PROTOCOL_HEADER: "1", "Content-Type": MESSAGE_TYPE}
NEWEST = 3  # of all sticks and answers there are, these are the likeliest to be read


@dataclass
class Sticks:
    """Every file that was ever written: `unread` at the county, `read` there, and what was answered."""

    unread: list[bytes] = field(default_factory=list)
    read: list[bytes] = field(default_factory=list)
    answers: list[tuple[str, bytes]] = field(default_factory=list)  # with the device it is for


def write(story: History) -> None:
    """What waits at a laptop is written to a stick."""
    laptop = story.anyone()
    try:
        made = list(stick.make(laptop.store.ledger, Album(laptop, story.now()), "model", at=story.now()))
    except UserError:
        return
    finally:
        laptop.assert_own_work_is_seen()
    story.sticks.unread += [one.data for one in made]
    story.seen["stick files written"] += len(made)


def lose(story: History) -> None:
    """A stick is lost on its way."""
    if story.sticks.unread:
        story.sticks.unread.pop(story.random.randrange(len(story.sticks.unread)))
        story.seen["stick lost"] += 1


def at_county(story: History) -> None:
    """The clerk reads some of them, new and old, in any order, at her desk or brought by a relay."""
    for _ in range(story.random.randint(1, 3)):
        unread, read = story.sticks.unread, story.sticks.read
        if unread and (not read or story.random.random() < 0.7):
            raw = unread.pop(story.random.randrange(len(unread)))
            story.seen["stick read"] += 1
        elif read:
            raw = read[story.random.randrange(len(read))]
            story.seen["stick read again"] += 1
        else:
            return
        read.append(raw)
        _read(story, raw)


def _read(story: History, raw: bytes) -> None:
    header = stick.header_of(raw)
    assert header is not None, "the outside of a stick can be read by anybody"
    if story.random.random() < 0.3:
        place, rows = story.random.choice(DEATHS), story.random.randint(1, 4)
        story.shire.die_at(place, rows)
    elif story.random.random() < 0.5:
        try:
            with connect(story.shire.url) as connection:
                answered = sticks.take_in(connection, raw, story.shire.depot, story.shire.at)
            story.sticks.answers.append((header.device, answered.answer))
        except Refused as refused:
            story.seen[f"stick refused {refused.refusal.code}"] += 1
        return
    answer = story.shire.ask(Asked("relay", BUNDLE_PATH, HEADERS, raw))
    story.shire.call_off()
    if answer.status == 200:
        story.sticks.answers.append((header.device, answer.body))
    else:
        story.seen[f"stick answered {answer.status}"] += 1


def at_home(story: History) -> None:
    """A worker reads an answer, mostly one of hers, of any age."""
    laptop = story.anyone()
    answers = [raw for device, raw in story.sticks.answers if device == laptop.me.device]
    if not answers or story.random.random() < 0.1:
        answers = [raw for _, raw in story.sticks.answers]
    if answers:
        late = story.random.random() < 0.3
        take(story, laptop, story.random.choice(answers if late else answers[-NEWEST:]))


def take(story: History, laptop: Laptop, raw: bytes) -> None:
    """One answer is read, with what must hold after it. What is not hers, or is out of date, is refused."""
    before = laptop.me.epoch
    try:
        told = stick.take(laptop.store.ledger, Album(laptop, story.now()), raw, at=story.now())
        story.seen["stick answer taken" if told.problem is None else "stick answer out of date"] += 1
    except UserError:
        story.seen["stick answer refused"] += 1
        return
    finally:
        laptop.readmitted = laptop.readmitted or laptop.me.epoch != before
        laptop.assert_own_work_is_seen()
    if laptop.me.epoch == story.shire.epoch():
        promises.cursors_skip_nothing(story.shire, laptop)


def again(story: History) -> None:
    """Everything is brought once more: every stick that was read, to the county; every answer, home."""
    for raw in story.random.sample(story.sticks.read, min(4, len(story.sticks.read))):
        story.shire.ask(Asked("relay", BUNDLE_PATH, HEADERS, raw))
    for laptop in story.laptops:
        mine = [raw for device, raw in story.sticks.answers if device == laptop.me.device]
        for raw in story.random.sample(mine, min(3, len(mine))):
            take(story, laptop, raw)
