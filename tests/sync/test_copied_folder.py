"""A laptop's folder copied, or put back by its system, without a word: found out, and nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.paths import Paths
from sync.client.http import Transport
from sync.client.keys import signed_headers
from sync.protocol import codec
from sync.protocol.limits import ROWS, SYNC_PATH
from sync.protocol.links import Forked
from sync.protocol.messages import Exchange
from sync.protocol.wire import op_of
from sync.server import alarms, doctor, query, replicas
from sync.server.lives import begin
from sync.server.postgres import connect
from tests.facts import HOME
from tests.sync.county import AT, COUNTY, County
from tests.sync.test_restored_device import at_desk, sees, sync
from tests.unit.actions.backing import Laptop, laptop


@pytest.fixture
def box(tmp_path: Path, county_server: County) -> Laptop:
    """An enrolled laptop that has sent all it has."""
    made = laptop(tmp_path, county_server.enrol().identity)
    at_desk(made, "1号")
    sync(made, county_server)
    return made


def copy_of(box: Laptop, folder: Path) -> Laptop:
    shutil.copytree(box.paths.root, folder)
    return Laptop(Paths(folder), box.clock, box.opened, "")


def put_back_silently(box: Laptop, kept: Path) -> None:
    shutil.rmtree(box.paths.root)
    shutil.copytree(kept, box.paths.root)


def replica_of(box: Laptop) -> str:
    desk = box.open()
    replica = desk.store.meta.device().replica
    desk.store.close()
    return replica


def noted(county: County) -> list[tuple[str, str]]:
    with connect(county.database) as connection:
        rows = connection.execute("SELECT device FROM device WHERE county = %s", (COUNTY,)).fetchall()
        every = [one for row in rows for one in replicas.of_device(connection, COUNTY, row["device"])]
        return [(one.was, one.replica) for one in every if one.kind == replicas.APART]


def doors(county: County) -> list[object]:
    with connect(county.database) as connection:
        return [
            row.body["door"] for row in query.bodies(connection, COUNTY, "household") if row.record == HOME
        ]


def open_alarms(county: County) -> list[str]:
    with connect(county.database) as connection:
        return [one.kind for one in alarms.still_open(connection, COUNTY)]


def test_of_two_copies_both_go_on_and_all_they_did_arrives(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    before = replica_of(box)
    clone = copy_of(box, tmp_path / "clone")
    _, one = at_desk(box, "7号")
    assert not sync(box, county_server).apart, "one of them is the first, and hears nothing"
    _, two = at_desk(clone, "1号")
    report = sync(clone, county_server)
    assert (report.apart, report.waiting) == (True, 0)
    assert noted(county_server) == [(before, replica_of(clone))]
    for _ in range(2):
        at_desk(box, "8号")
        assert not sync(box, county_server).apart
        at_desk(clone, "9号")
        assert not sync(clone, county_server).apart, "found out once, and then told apart"
    sync(box, county_server)
    assert sees(box) == sees(clone)
    assert doors(county_server) == ["9号"]
    assert len(noted(county_server)) == 1
    assert {one, two} <= sees(box)[1]


def test_numbers_given_after_it_was_found_out_are_nobody_elses(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    clone = copy_of(box, tmp_path / "clone")
    at_desk(box, "7号")
    sync(box, county_server)
    assert sync(clone, county_server).apart, "even while it has nothing to send"
    given = [at_desk(one, door)[1] for door in ("8号", "9号") for one in (box, clone)]
    assert len(set(given)) == len(given)


def test_the_clerk_is_told_until_she_has_asked(box: Laptop, county_server: County, tmp_path: Path) -> None:
    clone = copy_of(box, tmp_path / "clone")
    for one in (box, clone):
        at_desk(one, "7号")
        sync(one, county_server)
    assert open_alarms(county_server) == ["fork"]
    with connect(county_server.database) as connection:
        assert any("有两份在用" in found.words for found in doctor.look(connection, AT))
        alarms.close(connection, COUNTY, AT, kind="fork")
    assert open_alarms(county_server) == []


def test_a_disk_put_back_in_silence_is_noticed_before_it_writes(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    kept = copy_of(box, tmp_path / "kept").paths.root
    _, number = at_desk(box, "7号")
    sync(box, county_server)
    now = sees(box)
    put_back_silently(box, kept)
    assert sync(box, county_server).apart
    assert sees(box) == now, "what it had sent came back"
    assert at_desk(box, "9号")[1] != number
    assert sync(box, county_server).waiting == 0
    assert doors(county_server) == ["9号"]


def test_what_an_older_disk_still_holds_as_unsent_is_taken_once(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    at_desk(box, "7号")
    kept = copy_of(box, tmp_path / "kept").paths.root  # written and not sent
    sync(box, county_server)
    at_desk(box, "9号")
    sync(box, county_server)
    with connect(county_server.database) as connection:
        held = query.holdings(connection, COUNTY)
    put_back_silently(box, kept)
    assert sync(box, county_server).apart
    assert sees(box)[0] == "9号", "the older edit, sent again, does not win over the later one"
    with connect(county_server.database) as connection:
        assert query.holdings(connection, COUNTY) == held


def test_an_answer_that_is_lost_is_no_copy(box: Laptop, county_server: County) -> None:
    at_desk(box, "7号")
    say(box, county_server)  # and the program is gone before it has heard
    at_desk(box, "9号")
    report = sync(box, county_server)
    assert (report.apart, report.waiting) == (False, 0)
    assert (noted(county_server), open_alarms(county_server)) == ([], [])


def test_what_was_said_long_ago_may_be_said_again(box: Laptop, county_server: County) -> None:
    at_desk(box, "7号")
    late = packed(box)
    for door in ("8号", "9号", "10号"):
        sync(box, county_server)
        at_desk(box, door)
    post(box, county_server, late)
    assert not sync(box, county_server).apart
    assert doors(county_server) == ["10号"]


def test_a_copy_that_only_asks_is_refused_and_nothing_is_written(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    clone = copy_of(box, tmp_path / "clone")
    at_desk(box, "7号")
    sync(box, county_server)
    with pytest.raises(Forked):
        say(clone, county_server)
    assert (noted(county_server), open_alarms(county_server)) == ([], [])


def test_a_county_put_back_takes_nobody_for_a_copy(box: Laptop, county_server: County) -> None:
    at_desk(box, "7号")
    sync(box, county_server)
    with connect(county_server.database) as connection:
        begin(connection, COUNTY, AT)
    at_desk(box, "9号")
    report = sync(box, county_server)
    assert (report.lives, report.apart, report.waiting) == (1, False, 0)
    at_desk(box, "11号")
    assert not sync(box, county_server).apart


def test_an_older_release_that_keeps_no_link_is_heard(box: Laptop, county_server: County) -> None:
    at_desk(box, "7号")
    post(box, county_server, packed(box, link=False))
    assert not sync(box, county_server).apart
    assert doors(county_server) == ["7号"]


def test_a_parting_whose_answer_was_lost_is_noted_once(
    box: Laptop, county_server: County, tmp_path: Path
) -> None:
    clone = copy_of(box, tmp_path / "clone")
    at_desk(box, "7号")
    sync(box, county_server)
    at_desk(clone, "9号")
    desk = clone.open()
    desk.store.ledger.go_apart(AT)
    desk.store.close()
    say(clone, county_server)  # the county has noted it, and the answer is lost
    report = sync(clone, county_server)
    assert (report.apart, report.waiting) == (False, 0)
    assert len(noted(county_server)) == 1
    desk = clone.open()
    assert (desk.store.meta.device().was, desk.store.meta.device().apart) == ("", False)
    (aside,) = desk.store.ledger.set_aside()
    assert aside.change.fields["door"][1] == "9号", "both wrote the same field: hers lies beside it"
    desk.store.close()


def packed(box: Laptop, *, link: bool = True) -> bytes:
    """What this box would say now."""
    desk = box.open()
    me, ledger = desk.store.meta.device(), desk.store.ledger
    ops = tuple(op_of(change) for change in ledger.outgoing(1_000_000))
    told = {"was": me.was, "apart": me.apart, "link": me.link if link else None}
    message = Exchange(me.replica, me.epoch, ops, dict(ledger.cursors()), ROWS, **told)  # type: ignore[arg-type]  # texts and a flag
    desk.store.close()
    return codec.encode_exchange(message)


def post(box: Laptop, county: County, body: bytes) -> None:
    desk = box.open()
    me = desk.store.meta.device()
    desk.store.close()
    with Transport(county.url) as transport:
        transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, AT))


def say(box: Laptop, county: County) -> None:
    """Say what there is to say and do not listen to the answer."""
    post(box, county, packed(box))
