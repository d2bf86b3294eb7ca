"""A village without any line: the computer is enrolled by two files on a stick, as it would be online."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.device import NO_LINE
from app.domain.problem import StorageFault, UserError
from app.vault import parcel_files
from sync.client import __main__ as township
from sync.client import enrol_stick
from sync.client.enrol import enrol
from sync.client.http import Transport
from sync.client.keys import new_device
from sync.protocol import codes
from sync.protocol.enrol_file import ASK_SUFFIX, TOLD_SUFFIX
from sync.protocol.errors import Refused
from sync.server import __main__ as county_main
from sync.server import devices, enrol_files, query, running
from sync.server.postgres import connect
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.enrolling import answer, newcomer
from tests.sync.test_exchange import held
from tests.sync.test_sticks_carried import on_stick


def computers(county: County) -> int:
    with connect(county.database) as connection:
        return int(query.holdings(connection, COUNTY)["devices"])


def test_by_stick_a_computer_is_enrolled_as_it_would_be_by_the_line(
    county_server: County, tmp_path: Path
) -> None:
    one = newcomer(tmp_path, county_server.issue(TEA, BRIDGE))
    told = answer(county_server.database, one.write(), server="https://county.example")
    read = one.read()
    with Transport(county_server.url) as transport:
        online = enrol(transport, one.code, "村部电脑", at=AT, new=one.new)
    assert read.enrolment.identity == replace(online.identity, server="https://county.example")
    assert (read.enrolment.villages, read.enrolment.county_name) == (online.villages, online.county_name)
    assert read.check == told.check
    answer(county_server.database, one.questions()[0])
    assert one.read(county_server.url).enrolment == online, "the address that was known"
    assert computers(county_server) == 1


def test_written_twice_answered_twice_and_read_twice_it_is_one_computer(
    county_server: County, tmp_path: Path
) -> None:
    one = newcomer(tmp_path, county_server.issue())
    first = one.write()
    earlier = first.read_bytes()
    answer(county_server.database, one.write(AT + timedelta(hours=5)))
    assert one.questions() == (first,), "a second writing takes the place of the first"
    read = one.read()
    first.write_bytes(earlier)
    answer(county_server.database, first, at=AT + timedelta(days=40))
    assert one.read() == read == one.read()
    assert computers(county_server) == 1
    assert read.enrolment.identity.server == NO_LINE


def test_the_code_is_on_no_stick_and_nothing_of_the_village(county_server: County, tmp_path: Path) -> None:
    one = newcomer(tmp_path, county_server.issue())
    answer(county_server.database, one.write())
    bare = codes.normal(one.code)
    assert bare is not None
    on_it = b"".join(file.read_bytes() for file in (*one.questions(), *one.answers()))
    for secret in (
        bare.encode(), codes.fingerprint(bare), codes.fingerprint(bare).hex().encode(), one.new.key,
        "茶园村".encode(), "向海燕".encode(), "村部电脑".encode(), TEA.encode(),
    ):  # fmt: skip
        assert secret not in on_it


def test_a_file_from_a_swapped_stick_enrols_nobody(county_server: County, tmp_path: Path) -> None:
    one, other = newcomer(tmp_path / "a", county_server.issue()), newcomer(tmp_path / "b", "")
    other.code = codes.spell(bytes(16))  # a stranger who never saw the paper
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    file = other.write()
    with pytest.raises(Refused) as refused:
        answer(county_server.database, file)
    assert "不是本县发的" in enrol_files.clerk_words(refused.value.refusal.code)
    assert (other.answers(), computers(county_server)) == ((), 0)
    answer(county_server.database, one.write())
    # Her answer on his stick, and his forged one on hers.
    (mine,) = one.answers()
    shutil.copy(mine, tmp_path / "b" / mine.name)
    with pytest.raises(UserError, match="给别的电脑的"):
        other.read()


def test_an_answer_nobody_proves_with_the_code_is_not_believed(county_server: County, tmp_path: Path) -> None:
    one = newcomer(tmp_path, county_server.issue())
    answer(county_server.database, one.write())
    (file,) = one.answers()
    whole = file.read_bytes()
    for place in (0, 9, 30, 100, len(whole) // 2, len(whole) - 1):
        bent = bytearray(whole)
        bent[place] ^= 1
        file.write_bytes(bent)
        with pytest.raises(UserError):
            one.read()
    for length in (0, 5, 60, 250, len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(UserError, match="没拷全"):
            one.read()
    file.write_bytes(whole)
    assert one.read().enrolment.identity.device == one.new.device


def test_a_question_that_was_bent_or_cut_enrols_nobody(
    county_server: County, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = newcomer(tmp_path, county_server.issue())
    file = one.write()
    whole = file.read_bytes()
    for place in (0, 12, 60, 200, len(whole) - 70, len(whole) - 1):
        bent = bytearray(whole)
        bent[place] ^= 1
        file.write_bytes(bent)
        with pytest.raises(Refused):
            answer(county_server.database, file)
    assert "does not verify" in caplog.text
    caplog.clear()
    file.write_bytes(whole[:-1])
    with pytest.raises(Refused):
        answer(county_server.database, file)
    assert computers(county_server) == 0
    file.write_bytes(whole)
    answer(county_server.database, file)
    with pytest.raises(Refused):  # the answer given in as a question
        answer(county_server.database, one.answers()[0])
    assert computers(county_server) == 1


def test_whoever_holds_the_code_cannot_take_the_place_of_another_computer(
    county_server: County, tmp_path: Path
) -> None:
    one = newcomer(tmp_path, county_server.issue())
    answer(county_server.database, one.write())
    thief = replace(one, new=new_device(AT))
    assert answer(county_server.database, thief.write()).refused == "code_used"
    with pytest.raises(UserError, match="已经用过了") as refused:
        thief.read()
    assert refused.value.problems[0].field == "code"
    # The same ids under other keys.
    thief.new = replace(one.new, key=bytes(32))
    assert answer(county_server.database, thief.write()).refused == "code_used"
    assert computers(county_server) == 1


def test_an_expired_code_is_said_in_the_answer_and_a_stick_by_bus_may_have_longer(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = newcomer(tmp_path, county_server.issue())
    late = AT + timedelta(days=4)
    assert answer(county_server.database, one.write(), at=late).refused == "code_expired"
    with pytest.raises(UserError, match="过期了") as refused:
        one.read()
    assert refused.value.problems[0].field == "code"
    assert computers(county_server) == 0
    where = ("--database", county_server.database)
    issue = ["enrol", "--village", TEA, "--worker", "向海燕", *where]
    assert county_main.main([*issue, "--days", "15"]) == 1
    assert "登记码管 1 到 14 天" in capsys.readouterr().err
    assert county_main.main([*issue, "--days", "14"]) == 0
    one.code = capsys.readouterr().out.split()[1]
    one.write()
    with pytest.raises(UserError, match="不是答这个登记码的"):
        one.read()  # the old answer is still on the stick
    answer(county_server.database, one.write(), at=running.now() + timedelta(days=13))
    assert one.read().enrolment.identity.worker_name == "向海燕"


def test_a_stopped_computer_is_not_let_in_by_its_old_question(county_server: County, tmp_path: Path) -> None:
    one = newcomer(tmp_path, county_server.issue())
    file = one.write()
    answer(county_server.database, file)
    with connect(county_server.database) as connection:
        devices.revoke(connection, one.new.device, AT)
    assert answer(county_server.database, file).refused == "code_used"


def test_the_clerk_answers_a_whole_stick_with_one_command(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = newcomer(tmp_path, county_server.issue(at=running.now()))
    one.write()
    mine = Desk(county_server, worker="田大山")
    mine.new(group="茶园组", door="3号")
    on_stick(mine, tmp_path)
    half = tmp_path / f"半个{ASK_SUFFIX}"
    half.write_bytes(one.questions()[0].read_bytes()[:70])
    said = ["bundle", "import", str(tmp_path), "--database", county_server.database]
    assert county_main.main(said) == 1
    out = capsys.readouterr().out
    assert "登记了：向海燕 的电脑" in out
    assert f"核对数 {one.read().check}" in out
    assert "没登记：半个.sftask。不是登记申请，或没拷全。" in out
    assert "没写县里的网址" in out
    assert len(held(county_server)) == 1
    half.unlink()
    assert county_main.main([*said, "--address", "county.example"]) == 1
    assert "https://" in capsys.readouterr().err
    assert county_main.main([*said, "--address", "https://county.example/"]) == 0
    assert one.read().enrolment.identity.server == "https://county.example"


def test_a_township_carries_the_question_and_cannot_read_it(
    county_server: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = newcomer(tmp_path, county_server.issue())
    file = one.write()
    assert township.main(["relay", "--server", county_server.url, str(tmp_path)]) == 0
    assert f"{file.name}：送到了" in capsys.readouterr().out
    assert one.read().enrolment.villages == {TEA: "茶园村"}
    stranger = newcomer(tmp_path, codes.spell(bytes(16)))
    stranger.write()
    assert township.main(["relay", "--server", county_server.url, str(tmp_path)]) == 1
    assert "登记码不对" in capsys.readouterr().out


def test_the_keys_wait_locked_under_the_code_on_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "enrolling.json"
    code, other = codes.spell(bytes(range(16))), codes.spell(bytes(16))
    new = new_device(AT)
    assert not enrol_stick.waiting(path)
    enrol_stick.keep(path, code, new)
    enrol_stick.keep(path, other, new_device(AT))
    assert enrol_stick.waiting(path)
    assert enrol_stick.kept(path, code.lower().replace("-", " ")) == new
    assert enrol_stick.kept(path, codes.spell(b"1" * 16)) is None
    raw = path.read_bytes()
    assert new.key not in raw
    assert new.key.hex().encode() not in raw
    bare = codes.normal(code)
    assert bare is not None
    assert bare.encode() not in raw
    with pytest.raises(UserError, match="抄错了"):
        enrol_stick.kept(path, code[:-1])
    for number in range(20):
        enrol_stick.keep(path, codes.spell(bytes([number]) * 16), new)
    assert len(path.read_bytes()) < 4096, "it does not grow"
    path.write_bytes(b"torn")
    assert enrol_stick.kept(path, code) is None


def test_a_stick_that_is_gone_or_empty_is_said_in_words(county_server: County, tmp_path: Path) -> None:
    one = newcomer(tmp_path / "stick", county_server.issue())
    with pytest.raises(StorageFault, match="拔掉了"):
        one.write()
    one.root.mkdir()
    one.write()
    with pytest.raises(UserError, match="没有给这台电脑的登记回执"):
        one.read()
    answer(county_server.database, one.questions()[0])
    one.read()
    enrol_stick.tidy(one.root, one.code)
    assert (one.questions(), one.answers()) == ((), ())
    assert parcel_files.found([one.root], TOLD_SUFFIX) == ()
