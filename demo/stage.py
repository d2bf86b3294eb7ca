"""Setting the stage: a county on real PostgreSQL, a village's roster in a spreadsheet, an enrolled laptop.

Everything takes the road a real county would take; nothing is put into a database behind its back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from app.actions.desk import Desk
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, introduce, open_desk
from app.actions.policy import policy_packs
from app.actions.village import roster
from app.actions.visits import visits
from app.paths import Paths
from app.tables import roster_out
from app.vault.derive import Cost
from demo.village import story
from demo.village.past import past
from demo.village.place import VILLAGE, VILLAGE_NAME
from demo.village.village import Village, generate
from sync.client.county_keys import fetch_pack
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.client.syncer import SyncReport, sync_once
from sync.server import county, enrolment, key_files, packs, running
from sync.server.blobs import in_folder
from sync.server.embedded import EmbeddedDatabase
from sync.server.postgres import Connection, connect, migrate
from sync.server.settings import Serving

SEED = 20261120
COUNTY, COUNTY_NAME = VILLAGE[:6], "云岭区（虚构）"
PACK = Path(__file__).parent / "pack"
Say = Callable[[str], None]


@dataclass
class Stage:
    """A running county and the folder of an enrolled laptop. `stop` when the play is over."""

    paths: Paths
    database: EmbeddedDatabase
    server: running.Running
    clock: Callable[[], datetime]
    roster: Path

    def stop(self) -> None:
        """End the county server, then its PostgreSQL."""
        self.server.stop()
        self.database.stop()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def set_up(
    folder: Path,
    clock: Callable[[], datetime],
    say: Say,
    *,
    cost: Cost | None = None,
    small: Callable[[Village], Village] = lambda village: village,
) -> Stage:
    """Everything up to the lock page, in an empty `folder`; long steps say how far they are.

    `cost` makes the passphrase quick to check in tests; `small` cuts the village down for them.
    """
    on = clock().date()
    say(f"生成{VILLAGE_NAME}（全是虚构的人）…")
    village = small(generate(SEED, on))
    sheet = folder / "roster.xlsx"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_bytes(roster_out.write(village.households, village.people, simulated=True))
    say(f"  {len(village.households)} 户 {len(village.people)} 人，写进了 {sheet.name}")
    stage = start_county(folder, clock, say)
    try:
        _enrol(stage, say, cost)
        _fill(stage, say, on)
    except BaseException:
        stage.stop()
        raise
    return stage


def start_county(folder: Path, clock: Callable[[], datetime], say: Say) -> Stage:
    """The county server of `folder`, on its own PostgreSQL, on a free loopback port."""
    say("起县里的服务（PostgreSQL）…")
    database = EmbeddedDatabase(folder / "county")
    try:
        migrate(database.url)
        server = running.start(database.url, clock=clock, settings=serving(folder))
    except BaseException:
        database.stop()
        raise
    say(f"  {server.url}")
    return Stage(Paths(folder / "laptop"), database, server, clock, folder / "roster.xlsx")


def serving(folder: Path, port: int = 0) -> Serving:
    """How the county of `folder` is served: whoever watches does not wait long for a dead database."""
    return Serving(port=port, depot=in_folder(folder / "county-files"), wait_seconds=3)


def sync(stage: Stage, desk: Desk) -> SyncReport:
    """One round with the county, on this thread."""
    with Transport(stage.server.url) as transport:
        return sync_once(desk.store.ledger, transport, at=stage.clock())


@dataclass(frozen=True)
class Owner:
    """Whose laptop it is, and how she opens it. `name` is what the county calls the computer."""

    worker: story.Worker
    passphrase: str = field(repr=False)
    name: str


FIRST = Owner(story.WORKER, story.PASSPHRASE, "村部的电脑")
SECOND = Owner(story.COLLEAGUE, story.COLLEAGUE_PASSPHRASE, "彭丽的电脑")


def enrol_laptop(
    stage: Stage, paths: Paths, owner: Owner, server: str = "", cost: Cost | None = None
) -> None:
    """A new laptop in the folder of `paths`, known to the county, which it reaches at `server`."""
    with connect(stage.database.url) as connection:
        issued = enrolment.issue(connection, [VILLAGE], owner.worker.name, stage.clock())
    with Transport(server or stage.server.url) as transport:
        enrolled = enrol(transport, issued.code, owner.name, at=stage.clock())
        pack = fetch_pack(transport, enrolled.identity, stage.clock())
    opened = Gate(paths, stage.clock, cost=cost).create(owner.passphrase, enrolled.identity)
    desk = policy_packs.install(open_desk(opened, paths, stage.clock), pack)
    introduce(desk, village_names=enrolled.villages, phone=owner.worker.phone)
    close_desk(desk)


def lead(stage: Stage, paths: Paths, owner: Owner, server: str) -> None:
    """Tell a laptop where it finds the county today: its port is free for the taking each time."""
    gate = Gate(paths, stage.clock)
    desk = open_desk(gate.unlock(gate.workers()[0].worker, owner.passphrase), paths, stage.clock)
    try:
        desk.store.meta.set_device(replace(desk.store.meta.device(), server=server))
    finally:
        close_desk(desk)


def _enrol(stage: Stage, say: Say, cost: Cost | None) -> None:
    say("县里登记这台电脑…")
    with connect(stage.database.url) as connection:
        county.found(connection, COUNTY, COUNTY_NAME, stage.clock())
        county.add_village(connection, VILLAGE, VILLAGE_NAME)
        _publish_pack(connection, stage)
    enrol_laptop(stage, stage.paths, FIRST, cost=cost)


def _publish_pack(connection: Connection, stage: Stage) -> None:
    """The county signs its pack and gives it out, as `python -m sync.server pack` does."""
    file = stage.paths.root.parent / "county-signing-key.pem"
    packs.make_key(connection, COUNTY, file, story.PASSPHRASE, stage.clock())
    private = key_files.read_signing(file, story.PASSPHRASE)
    packs.publish(connection, COUNTY, packs.sign([PACK], private, stage.clock()), stage.clock())


def _fill(stage: Stage, say: Say, on: date) -> None:
    gate = Gate(stage.paths, stage.clock)
    desk = open_desk(gate.unlock(gate.workers()[0].worker, story.PASSPHRASE), stage.paths, stage.clock)
    try:
        say("导入名册…")
        reading = roster.read_roster(desk, stage.roster)
        roster.import_roster(desk, reading, lambda done, total: _every_fourth(say, done, total))
        say("放进过去几个月的走访和单子…")
        happened = past(desk, on)
        with desk.unit("history") as unit:
            for record in happened:
                unit.save(record)
        if happened.draft:
            visits.keep(desk, happened.draft)
        say("第一次上传…")
        report = sync(stage, desk)
        say(f"  县里收到 {report.sent} 条")
    finally:
        close_desk(desk)


def _every_fourth(say: Say, done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        say(f"  {done} / {total}")
