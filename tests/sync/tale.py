"""A tale of four workers who all speak at one moment, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.change import Change, Verb
from app.domain.ids import new_id
from app.domain.record import Json
from sync.protocol.messages import Op
from sync.protocol.wire import op_of
from sync.server import handlers, opening, query
from sync.server.postgres import Connection
from sync.server.writing import Asked
from tests.sync.county import AT, BRIDGE, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.waiting import change_of, device_of, message_of

NUMBERS = ("430000195001010011", "43000019500101002X")
KINDS = {"household": ("door", "note", "tags"), "person": ("name", "id_number"), "ticket": ("state", "owner")}


class Tale:
    """Four workers of two villages, and what each says before she has heard of the others."""

    def __init__(self, served: County, chance: random.Random) -> None:
        self._chance = chance
        scopes = ((TEA,), (TEA,), (TEA, BRIDGE), (BRIDGE,))
        self._desks = [Desk(served, *scope, worker=f"走访员{n}") for n, scope in enumerate(scopes)]
        self._scopes = scopes
        self._there: dict[str, tuple[str, str, dict[str, Json]]] = {}
        self._said: list[Op] = []
        self._case = ""
        self._theirs: Json = None

    def requests(self, connection: Connection) -> list[Asked]:
        """One of each, after a village was there that all have heard of."""
        first = tuple(self._new(village) for village in (TEA, TEA, BRIDGE) for _ in range(3))
        handlers.exchange(connection, device_of(self._desks[2]), message_of(self._desks[2], first, 0), AT)
        self._quarrel(connection)
        heard = opening.of(connection, device_of(self._desks[0])).standing.last
        asked = []
        for desk, scope in zip(self._desks, self._scopes, strict=True):
            ops = tuple(self._op(scope) for _ in range(self._chance.randint(1, 6)))
            self._said.extend(ops)
            asked.append(Asked(device_of(desk), replace(message_of(desk, ops, heard, *scope), link="")))
        return asked

    def _quarrel(self, connection: Connection) -> None:
        """Two wrote one field differently, and nobody has decided yet; one of them may have emptied it."""
        home = _home(TEA, {"door": "1号", "note": "有井"})
        stands, aside = self._chance.choice((None, "2号")), self._chance.choice(("3号", "4号"))
        edits = [
            change_of(home.record, "household", TEA, Verb.EDIT, {"door": ("1号", door)})
            for door in (stands, aside)
        ]
        for desk, op in zip(self._desks, (home, *edits), strict=False):
            handlers.exchange(connection, device_of(desk), message_of(desk, [op], 0), AT)
        cases = query.bodies(connection, COUNTY, "conflict")
        (case,) = [one for one in cases if one.body["of"] == home.record]
        self._case, self._theirs = case.record, stands
        body: dict[str, Json] = {"note": "有井"}
        if stands:
            body["door"] = stands
        self._there[home.record] = ("household", TEA, body)

    def _word(self) -> Op:
        """What somebody decides of it."""
        choice = self._chance.choice(("mine", "theirs", "other"))
        said: dict[str, tuple[Json, Json]] = {
            "state": ("open", "decided"), "choice": (None, choice), "theirs": (self._theirs, self._theirs),
            "value": (None, "9号"),
        }  # fmt: skip
        return change_of(self._case, "conflict", TEA, Verb.EDIT, said)

    def _op(self, scope: Sequence[str]) -> Op:
        draw = self._chance.random()
        village = self._chance.choice((*scope, TEA))
        if draw < 0.25:
            return self._new(village)
        if draw < 0.35:  # before it is known, and then perhaps it is
            record = self._chance.choice([f"soon-{number}" for number in range(3)])
            if self._chance.random() < 0.5:
                return change_of(record, "household", TEA, Verb.NEW, {"door": (None, "1号")})
            return change_of(
                record, "household", TEA, Verb.EDIT, {"door": ("1号", self._chance.choice("23"))}
            )
        if draw < 0.45 and self._said:  # an id used again, for the same or for something else
            again = self._chance.choice(self._said)
            return again if self._chance.random() < 0.5 else self._new(village, again.id)
        if draw < 0.55:
            return self._word()
        record = self._chance.choice(list(self._there))
        kind, where, body = self._there[record]
        if draw < 0.7:
            return change_of(
                record, kind, where, Verb.DELETE, {name: (old, None) for name, old in body.items()}
            )
        name = self._chance.choice(KINDS[kind])
        verb = Verb.MOVE if kind == "ticket" else Verb.EDIT
        return change_of(record, kind, where, verb, {name: (body.get(name), self._value(name))})

    def _new(self, village: str, change: str = "") -> Op:
        kind, record = self._chance.choice(sorted(KINDS)), new_id(AT)
        body = {name: self._value(name) for name in KINDS[kind]}
        if not self._said:
            self._there[record] = (kind, village, body)
        pairs: dict[str, tuple[Json, Json]] = {name: (None, value) for name, value in body.items()}
        return op_of(Change(change or new_id(AT), record, kind, village, Verb.NEW, pairs, AT, "w"))

    def _value(self, name: str) -> Json:
        match name:
            case "tags":
                return list(self._chance.sample(("独居", "危房", "大病"), 2))
            case "id_number":
                return self._chance.choice(NUMBERS)
            case "state":
                return self._chance.choice(("accepted", "working", "done"))
            case _:
                return self._chance.choice(("1号", "2号", "3号"))


def _home(village: str, body: Mapping[str, Json]) -> Op:
    new: dict[str, tuple[Json, Json]] = {name: (None, value) for name, value in body.items()}
    return change_of(new_id(AT), "household", village, Verb.NEW, new)
