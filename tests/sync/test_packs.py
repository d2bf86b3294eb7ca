"""A county signs its policy pack, computers learn its key and fetch the pack; nothing else is ever taken."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.desk import Desk
from app.actions.entry import escrow as asking
from app.actions.entry import keys
from app.actions.entry.gate import Gate
from app.actions.entry.opening import close_desk, open_desk
from app.actions.policy import policy_packs
from app.domain.problem import UserError
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from sync.client import stick
from sync.client.county_keys import fetch_pack
from sync.client.http import Transport
from sync.client.stick import Taken
from sync.client.syncer import SyncReport, sync_once
from sync.protocol import trust
from sync.server import escrow, key_files, keys_told, packs, people
from sync.server.__main__ import main
from sync.server.postgres import connect
from tests.policy import COUNTY as DEMO
from tests.sync.county import AT, COUNTY, County
from tests.sync.files import MemoryAlbum
from tests.sync.sticks import at_county

WORDS = "xian li de yaoshi suo hao"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The county's own folder, to change."""
    shutil.copytree(DEMO, tmp_path / "yunling")
    return tmp_path / "yunling"


@pytest.fixture
def signer(county_server: County, tmp_path: Path) -> bytes:
    """The county's private signing key, made after the computers of a test were enrolled or before."""
    return make_signer(county_server, tmp_path / "sign.pem")


def make_signer(county: County, file: Path) -> bytes:
    with connect(county.database) as connection:
        packs.make_key(connection, COUNTY, file, WORDS, AT)
    return key_files.read_signing(file, WORDS)


def signed(folder: Path, key: bytes, version: str, old: str = "", new: str = "") -> bytes:
    """A pack of that version, with one thing changed in its offices."""
    manifest = folder / "pack.toml"
    lines = manifest.read_text("utf-8").splitlines()
    manifest.write_text("\n".join(f'version = "{version}"' if "version" in one else one for one in lines))
    offices = folder / "offices.toml"
    offices.write_text(offices.read_text("utf-8").replace(old, new), "utf-8")
    return packs.sign([folder], key, AT)


def publish(county: County, raw: bytes) -> str:
    with connect(county.database) as connection:
        return packs.publish(connection, COUNTY, raw, AT)


class Laptop:
    """An enrolled computer with its real store."""

    def __init__(self, county: County, home: Path) -> None:
        self._county = county
        self.paths = Paths(home)
        self.gate = Gate(self.paths, lambda: AT, cost=Cost(1, FLOOR_MEMORY_KIB))
        self.opened = self.gate.create("guyu qian zhongwan douzi", county.enrol().identity)
        self.desk = self.open()

    def open(self) -> Desk:
        self.desk = open_desk(self.opened, self.paths, lambda: AT)
        return self.desk

    def reopen(self) -> Desk:
        close_desk(self.desk)
        return self.open()

    def sync(self) -> SyncReport:
        with Transport(self._county.url) as transport:
            return sync_once(self.desk.store.ledger, transport, at=AT)

    def fetch(self) -> bytes:
        with Transport(self._county.url) as transport:
            return fetch_pack(transport, self.desk.store.meta.device(), AT)


@pytest.fixture
def laptop(county_server: County, tmp_path: Path) -> Laptop:
    """Enrolled before the county made any key."""
    return Laptop(county_server, tmp_path / "laptop")


def court(desk: Desk) -> str:
    return getattr(desk.pack.office("court", desk.today, village=desk.village), "window", "")


def test_a_pack_published_by_the_county_is_in_force_after_the_next_sync(
    county_server: County, laptop: Laptop, folder: Path, tmp_path: Path
) -> None:
    assert court(laptop.desk) == ""
    assert (laptop.sync().pack, laptop.fetch()) == ("", b"")
    key = make_signer(county_server, tmp_path / "sign.pem")
    publish(county_server, signed(folder, key, "2"))
    report = laptop.sync()
    assert (report.pack, report.learned) == ("2", True)
    desk = policy_packs.install(laptop.desk, laptop.fetch())
    assert (desk.pack.label, desk.pack.signed, court(desk)) == ("hunan 2026.11 + 云岭区 2", "2", "5")
    assert laptop.reopen().pack == desk.pack
    assert laptop.desk.pack_problems == ()
    publish(county_server, signed(folder, key, "10", 'window = "5"', 'window = "8"'))
    report = laptop.sync()
    assert (report.pack, report.learned) == ("10", False)
    assert court(policy_packs.install(laptop.desk, laptop.fetch())) == "8"
    assert [one.verb for one in laptop.desk.store.audit.lines()].count("install pack") == 2


def test_a_computer_enrolled_after_the_key_was_made_knows_it_at_once(
    county_server: County, signer: bytes, folder: Path, tmp_path: Path
) -> None:
    laptop = Laptop(county_server, tmp_path / "late")
    stick = tmp_path / "yunling.sftpack"
    stick.write_bytes(signed(folder, signer, "1"))
    assert court(policy_packs.install_from(laptop.desk, stick)) == "5"
    assert not laptop.sync().learned


def test_a_stick_comes_too_early_for_a_computer_that_never_heard_of_the_key(
    laptop: Laptop, signer: bytes, folder: Path
) -> None:
    with pytest.raises(UserError, match="先连网同步一次"):
        policy_packs.install(laptop.desk, signed(folder, signer, "1"))


def test_whoever_was_enrolled_before_the_escrow_key_entrusts_after_the_next_sync(
    county_server: County, laptop: Laptop, tmp_path: Path
) -> None:
    assert not asking.can_ask(laptop.gate)
    with connect(county_server.database) as connection:
        escrow.make_key(connection, COUNTY, tmp_path / "escrow.pem", WORDS, AT)
    assert laptop.sync().learned
    assert keys.take_up(laptop.gate, laptop.opened, laptop.desk)
    assert asking.can_ask(laptop.gate)
    assert not keys.take_up(laptop.gate, laptop.opened, laptop.desk)
    assert laptop.desk.store.audit.lines()[-1].verb == "entrust county"
    assert not laptop.sync().learned


def test_keys_told_by_somebody_else_are_not_taken(
    county_server: County,
    laptop: Laptop,
    signer: bytes,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A gateway that took the county's place knows all that travels, but not what was told at enrolment."""
    forged = trust.proof(bytes(32), COUNTY, "any", b"", bytes(32))
    true = keys_told.keys_for

    def told(*given: object) -> object:
        keys_here = true(*given)  # type: ignore[arg-type]  # passed on as it came
        return replace(keys_here, pack_key=bytes(32), proof=forged) if keys_here else None

    monkeypatch.setattr("sync.server.replies.keys_for", told)
    assert not laptop.sync().learned
    assert "without its proof" in caplog.text
    caplog.clear()
    assert laptop.desk.store.meta.device().pack_key == b""


def test_a_key_that_is_known_is_never_replaced_by_an_answer(
    county_server: County, laptop: Laptop, signer: bytes, folder: Path, tmp_path: Path
) -> None:
    laptop.sync()
    with connect(county_server.database) as connection:
        with pytest.raises(UserError, match="重新登记"):
            packs.make_key(connection, COUNTY, tmp_path / "two.pem", WORDS, AT)
        packs.make_key(connection, COUNTY, tmp_path / "two.pem", WORDS, AT.replace(hour=20), again=True)
    other = key_files.read_signing(tmp_path / "two.pem", WORDS)
    assert not laptop.sync().learned
    with pytest.raises(UserError, match="不是本县签的"):
        policy_packs.install(laptop.desk, signed(folder, other, "3"))
    assert Laptop(county_server, tmp_path / "new").desk.store.meta.device().pack_key != bytes(32)


def test_the_county_gives_out_nothing_it_did_not_sign_and_nothing_older(
    county_server: County, signer: bytes, folder: Path
) -> None:
    stranger = bytes(range(32))
    with pytest.raises(UserError, match="不是用本县的签名钥匙签的"):
        publish(county_server, signed(folder, stranger, "1"))
    assert publish(county_server, signed(folder, signer, "2026.11")) == "2026.11"
    for version in ("2026.11", "2026.9"):
        with pytest.raises(UserError, match="要比它大"):
            publish(county_server, signed(folder, signer, version))


def test_a_pack_is_made_and_given_out_by_commands(
    county_database: str,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: WORDS)
    key, out = str(tmp_path / "k.pem"), str(tmp_path / "yunling.sftpack")
    where = ("--database", county_database, "--county", COUNTY)
    assert main(["pack", "key", *where, "--out", key]) == 0
    assert main(["pack", "sign", str(folder), "--key", key, "--out", out]) == 0
    assert main(["pack", "publish", *where, out]) == 0
    assert "第 1 版" in capsys.readouterr().out
    assert main(["pack", "publish", *where, out]) == 1
    assert "要比它大" in capsys.readouterr().err
    offices = folder / "offices.toml"
    before = offices.read_text("utf-8")
    start = before.index('key = "town-civil.fengxiang"')
    wrong = before.index('window = "3"', start)
    offices.write_text(f'{before[:wrong]}window = "9"{before[wrong + 12 :]}', "utf-8")
    line = before[:wrong].count("\n") + 1
    assert main(["pack", "sign", str(folder), "--key", key, "--out", out]) == 1
    said = f"offices.toml 第 {line} 行：office[town-civil.fengxiang].window：窗口号"
    assert said in capsys.readouterr().err


def by_stick(county: County, laptop: Laptop, pack: str | None) -> Taken:
    """There and back on a stick; `pack` is the version the computer says it works by."""
    ledger, album = laptop.desk.store.ledger, MemoryAlbum()
    (made,) = stick.make(ledger, album, "0.1.0", at=AT, pack=pack)
    return stick.take(ledger, album, at_county(county, made.data).answer, at=AT)


def test_the_answer_on_a_stick_brings_the_pack_to_a_computer_that_lacks_it(
    county_server: County, laptop: Laptop, folder: Path, tmp_path: Path
) -> None:
    assert by_stick(county_server, laptop, "").pack_file == b""
    key = make_signer(county_server, tmp_path / "sign.pem")
    publish(county_server, signed(folder, key, "2"))
    told = by_stick(county_server, laptop, "")
    assert told.pack == "2"
    desk = policy_packs.install(laptop.desk, told.pack_file)
    assert policy_packs.version(desk) == "2"
    laptop.desk = desk
    assert by_stick(county_server, laptop, "2").pack_file == b"", "it is there already"
    publish(county_server, signed(folder, key, "10"))
    assert by_stick(county_server, laptop, None).pack_file == b"", "a release that does not say, reads none"
    assert by_stick(county_server, laptop, "2").pack == "10"
    assert by_stick(county_server, laptop, "11").pack_file == b"", "never an older one"


def test_no_pack_goes_to_a_computer_that_was_stopped(
    county_server: County, laptop: Laptop, folder: Path, tmp_path: Path
) -> None:
    publish(county_server, signed(folder, make_signer(county_server, tmp_path / "sign.pem"), "2"))
    with connect(county_server.database) as connection:
        people.leave(connection, COUNTY, "向海燕", AT)
    assert by_stick(county_server, laptop, "").pack_file == b""
