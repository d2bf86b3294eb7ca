"""A computer put back from a backup: what it had sent comes back, what it had not stays, nothing is twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.safekeeping import backups, restoring
from app.actions.tickets import tickets
from app.domain.manifest import Reason
from app.domain.people.household import Household
from app.domain.tickets.ticket import Ticket, serial_in
from app.paths import Paths
from sync.client.http import Transport
from sync.client.keys import signed_headers
from sync.client.syncer import SyncReport, sync_once
from sync.protocol import codec
from sync.protocol.errors import REPLICA_SPENT, UNKNOWN_DEVICE, Refused
from sync.protocol.limits import ROWS, SYNC_PATH
from sync.protocol.messages import Exchange
from sync.server import query, replicas
from sync.server.postgres import connect
from tests.facts import GRANNY, HOME, household
from tests.sync.county import AT, COUNTY, County
from tests.unit.actions.backing import Laptop, laptop, look


@pytest.fixture
def box(tmp_path: Path, county_server: County) -> Laptop:
    """An enrolled laptop that has sent all it has."""
    made = laptop(tmp_path, county_server.enrol().identity)
    sync(made, county_server)
    return made


def sync(box: Laptop, county: County) -> SyncReport:
    desk = box.open()
    try:
        with Transport(county.url) as transport:
            return sync_once(desk.store.ledger, transport, at=AT)
    finally:
        desk.store.close()


def at_desk(box: Laptop, door: str) -> tuple[str, str]:
    """Edit the household's door and register a ticket; returns the ticket's id and number."""
    desk = box.open()
    with desk.unit("edit") as unit:
        unit.save(household(door=door))
    made = tickets.register(desk, request="屋漏", household=HOME, visitor=GRANNY)
    desk.store.close()
    return made.id, made.number


def back_up(box: Laptop, keep: Path) -> Path:
    desk = box.open()
    file = backups.make(desk, box.opened.key, box.paths, Reason.NIGHTLY).placed[0].file
    desk.store.close()
    assert file is not None
    keep.mkdir(exist_ok=True)
    return Path(shutil.copy(file, keep))


def put_back(box: Laptop, file: Path) -> None:
    restoring.use(look(box.paths, file, box.clock), box.clock())


def sees(box: Laptop) -> tuple[str, set[str], int]:
    """The door, the tickets' numbers, and how much waits."""
    desk: Desk = box.open()
    door = desk.store.reading.get(Household, HOME).door
    numbers = {one.number for one in desk.store.reading.each(Ticket)}
    waiting = desk.store.ledger.waiting()
    desk.store.close()
    return door, numbers, waiting


def changes(county: County, box: Laptop) -> tuple[replicas.ReplicaChange, ...]:
    desk = box.open()
    device = desk.store.meta.device().device
    desk.store.close()
    with connect(county.database) as connection:
        return replicas.of_device(connection, COUNTY, device)


def test_on_a_new_computer_what_was_sent_since_the_backup_comes_back(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    _, first = at_desk(box, "7号")
    sync(box, county_server)
    file = back_up(box, tmp_path / "stick")
    box.clock.forward(days=1)
    _, second = at_desk(box, "9号")
    sync(box, county_server)
    new = Laptop(Paths(tmp_path / "new"), box.clock, box.opened, "")
    put_back(new, file)
    assert sees(new) == ("7号", {first}, 0)
    report = sync(new, county_server)
    assert (report.sent, report.waiting) == (0, 0)
    assert sees(new) == ("9号", {first, second}, 0)
    _, third = at_desk(new, "11号")
    assert third not in (first, second)
    assert sync(new, county_server).waiting == 0
    with connect(county_server.database) as connection:
        held = [row.body["number"] for row in query.bodies(connection, COUNTY, "ticket")]
    assert sorted(held) == sorted({first, second, third})


def test_the_county_raises_the_counter_of_who_came_back(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    file = back_up(box, tmp_path / "stick")
    desk = box.open()
    desk.store.meta.raise_serial("serial ticket 2026", 7_000)  # far beyond what the jump allows for
    desk.store.close()
    _, far = at_desk(box, "9号")
    sync(box, county_server)
    new = Laptop(Paths(tmp_path / "new"), box.clock, box.opened, "")
    put_back(new, file)
    sync(new, county_server)
    assert serial_in(at_desk(new, "11号")[1])[1] == serial_in(far)[1] + 1


def test_on_the_same_computer_what_waited_still_waits_and_is_sent_once(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    file = back_up(box, tmp_path / "stick")
    _, sent = at_desk(box, "7号")
    sync(box, county_server)
    _, unsent = at_desk(box, "9号")
    waited = sees(box)
    put_back(box, file)
    assert sees(box) == waited
    report = sync(box, county_server)
    assert report.sent == waited[2]
    assert {outcome.value for outcome in report.outcomes} == {"applied"}
    assert sees(box) == ("9号", {sent, unsent}, 0)
    with connect(county_server.database) as connection:
        assert [row.body["door"] for row in query.bodies(connection, COUNTY, "household")] == ["9号"]


def test_what_the_backup_still_held_as_unsent_is_not_applied_twice(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    at_desk(box, "7号")
    file = back_up(box, tmp_path / "stick")  # before anything was sent
    sync(box, county_server)
    at_desk(box, "9号")
    sync(box, county_server)
    with connect(county_server.database) as connection:
        before = query.holdings(connection, COUNTY)
    new = Laptop(Paths(tmp_path / "new"), box.clock, box.opened, "")
    put_back(new, file)
    assert sync(new, county_server).waiting == 0
    assert sees(new)[0] == "9号", "the older edit, sent again, does not win over the later one"
    with connect(county_server.database) as connection:
        assert query.holdings(connection, COUNTY) == before


def test_the_county_notes_it_and_hears_the_copy_no_more(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    file = back_up(box, tmp_path / "stick")
    clone = Laptop(Paths(tmp_path / "clone"), box.clock, box.opened, "")
    shutil.copytree(box.paths.root, clone.paths.root)
    put_back(box, file)
    sync(box, county_server)
    (noted,) = changes(county_server, box)
    desk = box.open()
    assert desk.store.meta.device().replica == noted.replica
    assert desk.store.meta.device().was == "", "said once, and then it has been heard"
    desk.store.close()
    desk = clone.open()
    assert noted.was == desk.store.meta.device().replica
    desk.store.close()
    assert noted.at == AT
    at_desk(clone, "9号")
    with pytest.raises(Refused) as refused:
        sync(clone, county_server)
    assert refused.value.refusal is REPLICA_SPENT
    assert "这份资料在别处又开了一份" in refused.value.words
    assert sees(clone)[2] > 0, "nothing of it is lost"
    assert sync(box, county_server).waiting == 0


def test_the_copy_can_be_made_the_present_one_with_all_its_work(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    file = back_up(box, tmp_path / "stick")
    clone = Laptop(Paths(tmp_path / "clone"), box.clock, box.opened, "")
    shutil.copytree(box.paths.root, clone.paths.root)
    put_back(box, file)
    sync(box, county_server)
    at_desk(clone, "9号")
    put_back(clone, file)
    assert sync(clone, county_server).waiting == 0
    assert sees(clone)[0] == "9号"
    with pytest.raises(Refused) as refused:
        sync(box, county_server)
    assert refused.value.refusal is REPLICA_SPENT
    assert len(changes(county_server, box)) == 2


def exchange(county: County, box: Laptop, **other: str) -> None:
    """One empty exchange with the parts of the device's identity as given."""
    desk = box.open()
    me = desk.store.meta.device()
    desk.store.close()
    message = replace(Exchange(me.replica, me.epoch, (), {}, ROWS), **other)  # type: ignore[arg-type]  # texts
    body = codec.encode_exchange(message)
    with Transport(county.url) as transport:
        transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, AT))


def test_only_the_right_replica_before_is_believed(box: Laptop, county_server: County) -> None:
    for was in ("", "somebody-else"):
        with pytest.raises(Refused) as refused:
            exchange(county_server, box, replica="new", was=was)
        assert refused.value.refusal is UNKNOWN_DEVICE
    assert changes(county_server, box) == ()
    desk = box.open()
    before = desk.store.meta.device().replica
    desk.store.close()
    for _ in range(2):  # the answer was lost: it is asked once more, and noted once
        exchange(county_server, box, replica="new", was=before)
    assert [(one.was, one.replica) for one in changes(county_server, box)] == [(before, "new")]
    with pytest.raises(Refused) as refused:
        exchange(county_server, box, replica=before, was="new")
    assert refused.value.refusal is REPLICA_SPENT, "a replica that was spent never comes back"


def test_a_device_does_not_speak_for_another(box: Laptop, county_server: County, tmp_path: Path) -> None:
    other = laptop(tmp_path / "other", county_server.enrol().identity)
    desk = other.open()
    theirs = desk.store.meta.device().replica
    desk.store.close()
    with pytest.raises(Refused) as refused:
        exchange(county_server, box, replica="new", was=theirs)
    assert refused.value.refusal is UNKNOWN_DEVICE
