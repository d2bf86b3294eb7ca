"""Changes as every release has spelt them are taken today, and judged as they always were."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from sync.client.http import Transport
from sync.client.keys import signed_headers
from sync.protocol import packing
from sync.protocol.limits import SYNC_PATH
from sync.server import county as counties
from sync.server import terms
from sync.server.postgres import connect
from tests.sync.county import AT, COUNTY, County
from tests.sync.test_exchange import held

VECTORS = Path(__file__).parents[1] / "vectors" / "protocol" / "v1"
GOLDEN = json.loads((VECTORS / "ops.json").read_text(encoding="utf-8"))
# What a request held beside its changes, release by release; today's comes last.
FORMS: dict[str, dict[str, Any]] = {
    "bare": {},
    "no release said": {"app": ""},
    "put back": {"app": "0.1.0", "former": {}, "copies": []},
    "small answers": {"app": "0.1.0", "z": packing.best(), "reads": 1, "knows": 1},
    "sticks": {"app": "0.1.0", "z": packing.best(), "reads": 1, "knows": 7, "need": [], "differ": []},
    "links": {"app": "0.1.0", "z": packing.best(), "reads": 1, "knows": 7, "at": ""},
    "terms": {"app": "0.1.0", "z": packing.best(), "reads": 1, "knows": 15, "at": ""},
}


@pytest.fixture(params=[False, True], ids=["any release", "a newer release asked for"])
def county(request: pytest.FixtureRequest, county_server: County) -> County:
    """A county with the two villages; one of them asks for a release that nobody has."""
    with connect(county_server.database) as connection:
        assert counties.name_of(connection, COUNTY)
        if request.param:
            asked = {"minimum_release": "99.0", "pull_from": AT.date()}
            terms.change(connection, COUNTY, "李主任", AT, asked)
    return county_server


@pytest.mark.parametrize("form", FORMS)
def test_they_are_judged_the_same_in_every_form(county: County, form: str) -> None:
    acks = said(county, form)
    assert [ack[1:] for ack in acks] == [one["verdict"] for one in GOLDEN]
    assert sorted(body["door"] for body in held(county).values()) == ["3号", "9号"]
    (person,) = held(county, "person").values()
    assert person == {"name": "向大海", "household": "h1", "of_a_newer_release": {"a": [1, None]}}
    (ticket,) = held(county, "ticket").values()
    assert ticket["state"] == "instant"


def test_said_again_in_another_form_they_get_their_first_receipts(county: County) -> None:
    enrolled = county.enrol(worker="田大山")
    first = said(county, "bare", enrolled)
    assert said(county, "terms", enrolled) == first
    assert said(county, "small answers", enrolled) == first


def said(county: County, form: str, enrolled: Any = None) -> list[list[Any]]:
    """Receipts one by one for the frozen changes, sent by a computer of that release."""
    me = (enrolled or county.enrol(worker="田大山")).identity
    request = {
        "v": 1, "replica": me.replica, "epoch": me.epoch, "limit": 0, "cursors": {},
        "ops": [one["op"] for one in GOLDEN], **FORMS[form],
    }  # fmt: skip
    body = zlib.compress(json.dumps(request, ensure_ascii=False).encode(), 6, 31)
    with Transport(county.url) as transport:
        packed = transport.post(SYNC_PATH, body, signed_headers(SYNC_PATH, body, me.device, me.key, AT))
    return spread(opened(packed))


def opened(packed: bytes) -> dict[str, Any]:
    from sync.protocol.framing import from_bytes

    return from_bytes(packed)[0]


def spread(told: dict[str, Any]) -> list[list[Any]]:
    """Runs one by one, as the first releases were told."""
    if "acks" in told:
        acks: list[list[Any]] = told["acks"]
        return acks
    return [[first + place, *verdict] for count, first, *verdict in told["runs"] for place in range(count)]
