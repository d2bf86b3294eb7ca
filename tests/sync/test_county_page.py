"""Every command on the page for whoever looks after a county is run as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from app.actions.entry import escrow as asking
from app.actions.entry.gate import Gate
from app.paths import Paths
from app.vault.derive import FLOOR_MEMORY_KIB, Cost
from sync.server import alarms, beside, running
from sync.server.postgres import connect
from tests.policy import COUNTY as DEMO
from tests.sync.clerk import PAGE, WORDS, Clerk, command_of, commands, spans
from tests.sync.county import BRIDGE, COUNTY, TEA
from tests.sync.desk import Desk
from tests.sync.test_sticks_carried import on_stick

SETTING_UP = (
    "init --county 439901 --name 模拟县",
    "village --code 439901101201 --name 青石垭村",
    "migrate",
    "escrow-key --county … --out FILE",
    "pack key --county … --out FILE",
    "pack sign FOLDER --key FILE --out FILE",
    "pack publish FILE --county …",
    "enrol --village CODE … --worker 姓名",
    "enrol … --days 14",
)
EVERY_DAY = (
    "bundle import PLACE",
    "bundle import PLACE --address https://…",
    "holds",
    "workers --county …",
    "devices --county …",
    "quarantine list --county …",
    "quarantine release --county … --seq N --by WHO",
    "quarantine refuse --county … --seq N --by WHO --why WORDS",
    "chain --county …",
    "photos holds --county …",
    "photos sweep --county …",
    "export --type person --out FILE.xlsx --county …",
    "exports --county …",
    "backup --out FOLDER",
    "doctor",
)
HANDED_OUT = (
    "import-clues FILE --county …",
    "dispatch --county … --campaign 名字 --purpose VP16 --due DAY --village CODE",
    "tasks --county …",
    "recall --county … --campaign 名字",
    "terms --county …",
)
PEOPLE = (
    "assign --county … --worker 田大山 --give CODE",
    "assign --county … --worker 向海燕 --take CODE",
    "move --household ID --village CODE",
    "relocate --record ID --village CODE",
    "lost --county … --worker 姓名",
    "lost --device ID",
    "revoke --device ID",
    "revoke --county … --worker 姓名",
    "alarm-close --county … --kind fork --subject ID",
    "alarm-close --county … --kind cursor_ahead",
    "alarm-close --county … --kind witness_elsewhere --subject ID",
)
ESCROW = ("escrow-answer FILE --key FILE --officer WHO --why WORDS --out FILE",)
GONE = ("restore FILE", "restore-finish --county …")
FORGOTTEN = ("restore-forget NAME",)
PLAYED = (*SETTING_UP, *EVERY_DAY, *HANDED_OUT, *PEOPLE, *ESCROW, *GONE, *FORGOTTEN)
NOT_PLAYED = {
    "serve --port 8765": "runs until it is stopped: test_county_commands serves from a folder",
    "serve --blobs s3://bucket/prefix --s3-endpoint https://store:9000": "needs a store: test_shelves",
    "serve --help": "prints, and is no deed: below",
}
PROGRAMS = ("python -m sync.server COMMAND --help", "python -m sync.client relay --server ADDRESS PLACE")


@pytest.fixture
def clerk(county_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setattr("getpass.getpass", lambda _="": WORDS)
    return Clerk(county_database, tmp_path)


def test_every_command_of_the_page_is_played_or_named_with_the_reason() -> None:
    to_type = {span for span in spans() if command_of(span) and span != command_of(span)}
    bare = {span for span in spans() if span in commands() and commands()[span].usage is None}
    no_more_needed = {span for span in PLAYED if span in bare}
    assert to_type | no_more_needed == {*PLAYED, *NOT_PLAYED}
    assert all(NOT_PLAYED.values())


def test_the_page_knows_every_command_of_the_program() -> None:
    done = {command_of(span) for span in (*PLAYED, *NOT_PLAYED)}
    assert done - {""} == {*commands()} - {"restored"}, "`restored` is the old name of restore-finish"


def test_every_option_on_the_page_is_one_of_the_program() -> None:
    known = {flag for parser in commands().values() for flag in parser._option_string_actions}
    text = "\n".join(one for one in PAGE.read_text("utf-8").splitlines())
    told = {flag for span in re.findall("`([^`]+)`", text) for flag in re.findall(r"--[a-z0-9-]+", span)}
    assert told - known == {"--server"}, "that one is the relay's"


def test_help_is_there_in_chinese_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(PROGRAMS) <= set(spans())
    for name, parser in commands().items():
        assert re.search("[\u4e00-\u9fff]", parser.description or ""), name
    with pytest.raises(SystemExit) as ended:
        Clerk("", Path()).types("serve --help")
    assert ended.value.code == 0
    assert "开服务" in capsys.readouterr().out


def test_a_county_is_set_up_as_the_page_says(clerk: Clerk) -> None:
    shutil.copytree(DEMO, clerk.folder / "yunling")
    key, pack = clerk.file("sign.pem"), clerk.file("yunling.sftpack")
    clerk.means = {
        "escrow-key --county … --out FILE": {"FILE": [clerk.file("escrow.pem")]},
        "pack key --county … --out FILE": {"FILE": [key]},
        "pack publish FILE --county …": {"FILE": [pack]},
        "enrol … --days 14": {"…": ["--village", TEA, "--worker", "向海燕"]},
    }
    for span in SETTING_UP:
        if span.startswith("pack sign"):
            span = span.replace("FOLDER", clerk.file("yunling")).replace("FILE", key, 1).replace("FILE", pack)
        clerk.does([span])


def test_every_day_goes_as_the_page_says(clerk: Clerk) -> None:
    mine = Desk(clerk)  # type: ignore[arg-type]  # enrols by files
    mine.new(group="茶园组", door="3号")
    for _ in range(2):
        mine.edit(mine.new(village=BRIDGE, group="石桥组"), village=BRIDGE, door="1号")
    on_stick(mine, clerk.folder)
    clerk.does(["migrate"])
    place, shelf = clerk.file("."), ["--blobs", clerk.file("shelf")]
    clerk.means = {
        "bundle import PLACE": {"PLACE": [place, *shelf]},
        "bundle import PLACE --address https://…": {
            "PLACE": [place, *shelf],
            "https://…": ["https://county.example"],
        },
        "photos sweep --county …": {"…": [COUNTY, *shelf]},
        "export --type person --out FILE.xlsx --county …": {"FILE.xlsx": [clerk.file("people.xlsx")]},
        "backup --out FOLDER": {"FOLDER": [clerk.file("backups")]},
    }
    for span in EVERY_DAY:
        if "--seq" in span:
            clerk.means[span] = {"N": [aside(clerk)]}
        clerk.does([span])
    assert list((clerk.folder / "backups").glob("*.sftcounty"))


def aside(clerk: Clerk) -> str:
    """The number of something that could not be taken in."""
    with connect(clerk.database) as connection:
        row = connection.execute(
            "SELECT seq FROM quarantine WHERE settled_seq IS NULL ORDER BY seq LIMIT 1"
        ).fetchone()
    assert row is not None
    return str(row["seq"])


def test_lists_campaigns_and_terms_go_as_the_page_says(clerk: Clerk) -> None:
    Desk(clerk)  # type: ignore[arg-type]  # somebody has the village
    clues = clerk.folder / "比对.csv"
    clues.write_text("村,姓名,线索,说明\n茶园村,田秀,重病,住院两次\n", "utf-8")
    mine = Desk(clerk)  # type: ignore[arg-type]  # enrols by files
    mine.new(group="茶园组", door="3号")
    on_stick(mine, clerk.folder)
    clerk.means = {
        "bundle import PLACE": {"PLACE": [clerk.file(".")]},
        "import-clues FILE --county …": {"FILE": [str(clues)]},
    }
    clerk.does(["bundle import PLACE", *HANDED_OUT])
    asked = re.findall(r"^\| `(--[^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(asked) == 6
    for options in asked:
        clerk.means["terms --county …"] = {"…": [COUNTY, "--by", "王主任", *options.split()]}
        clerk.does(["terms --county …"])


def test_people_and_villages_go_as_the_page_says(clerk: Clerk) -> None:
    mine, spare = Desk(clerk, TEA, BRIDGE), clerk.enrol(worker="田大山").identity  # type: ignore[arg-type]  # by files
    house = mine.new(group="茶园组", door="3号")
    on_stick(mine, clerk.folder)
    clerk.means = {"bundle import PLACE": {"PLACE": [clerk.file(".")]}}
    clerk.does(["bundle import PLACE"])
    give, take = PEOPLE[:2]
    clerk.means = {take: {"CODE": [BRIDGE]}, give: {"CODE": [BRIDGE]}}
    clerk.means |= {span: {"ID": [house], "CODE": [BRIDGE]} for span in PEOPLE if "ID --village" in span}
    clerk.means |= {span: {"ID": [spare.device]} for span in PEOPLE if "--device" in span}
    clerk.means |= {span: {"ID": ["somebody"]} for span in PEOPLE if "--subject" in span}
    with connect(clerk.database) as connection:
        for kind in ("fork", "cursor_ahead", "witness_elsewhere"):
            alarms.sound(connection, COUNTY, kind, "somebody", running.now())
    clerk.does(PEOPLE)
    with connect(clerk.database) as connection:
        assert alarms.still_open(connection, COUNTY) == ()


def test_a_laptop_nobody_can_open_is_opened_as_the_page_says(clerk: Clerk) -> None:
    key, question, out = (clerk.file(name) for name in ("escrow.pem", "请求.sft", "回信.sft"))
    clerk.means = {"escrow-key --county … --out FILE": {"FILE": [key]}}
    clerk.does(["escrow-key --county … --out FILE"])
    gate = Gate(Paths(clerk.folder / "laptop"), running.now, cost=Cost(1, FLOOR_MEMORY_KIB))
    gate.create("guyu qian zhongwan douzi", clerk.enrol().identity)
    Path(question).write_bytes(asking.ask(gate, gate.workers()[0].worker, "口令忘了", running.now()))
    (span,) = ESCROW
    for file in (question, key, out):
        span = span.replace("FILE", file, 1)
    clerk.does([span])
    assert asking.open_with(gate, Path(out).read_bytes()).name == "向海燕"


def test_a_county_that_is_gone_comes_back_as_the_page_says(clerk: Clerk) -> None:
    mine = Desk(clerk)  # type: ignore[arg-type]  # enrols by files
    mine.new(group="茶园组", door="3号")
    on_stick(mine, clerk.folder)
    clerk.means = {
        "bundle import PLACE": {"PLACE": [clerk.file(".")]},
        "backup --out FOLDER": {"FOLDER": [clerk.file("backups")]},
    }
    clerk.does(["bundle import PLACE", "backup --out FOLDER"])
    (file,) = (clerk.folder / "backups").glob("*.sftcounty")
    clerk.means["restore FILE"] = {"FILE": [str(file)]}
    clerk.does(GONE)
    with connect(clerk.database) as connection:
        (aside,) = beside.left_over(connection)
    clerk.means["restore-forget NAME"] = {"NAME": [aside.name]}
    clerk.does(FORGOTTEN)
