"""Requests that wait for a county's lock, and the lock in another's hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from app.domain.change import Change, Verb
from app.domain.ids import new_id
from app.domain.record import Json
from sync.protocol.messages import Exchange, Op
from sync.protocol.wire import op_of
from sync.server import county
from sync.server.devices import Device
from sync.server.postgres import Connection, connect
from sync.server.writing import Asked
from tests.sync.county import AT, COUNTY, TEA, County
from tests.sync.desk import Desk
from tests.sync.served import figure


class Lock:
    """A county's lock in another's hand."""

    def __init__(self, served: County, holder: Connection) -> None:
        self._served, self._holder = served, holder
        self._idle = Desk(served, worker="后来的人")
        holder.execute("BEGIN")
        county.lock(holder, COUNTY)

    def wait_for(self, requests: int) -> None:
        """Until so many wait for it."""
        for _ in range(500):
            if figure(self._served.url, "requests_in_flight") > requests:  # the question is one itself
                break
        else:
            raise AssertionError("they never came")
        self._idle.sync()  # heard after them, and waits for nothing

    def let_go(self) -> None:
        """Whoever waits may have it."""
        self._holder.execute("COMMIT")


@contextmanager
def locked(served: County) -> Iterator[Lock]:
    """The lock, held until it is let go."""
    with connect(served.database) as connection:
        yield Lock(served, connection)


def asked_by(desk: Desk, *ops: Op, heard: int = 0, link: str | None = None) -> Asked:
    return Asked(device_of(desk), replace(message_of(desk, ops, heard), link=link))


def message_of(desk: Desk, ops: Sequence[Op], heard: int, *villages: str) -> Exchange:
    me = desk.ledger.identity()
    return Exchange(me.replica, me.epoch, tuple(ops), dict.fromkeys(villages or (TEA,), heard), 500)


def device_of(desk: Desk) -> Device:
    me = desk.ledger.identity()
    return Device(me.county, me.device, me.replica, me.worker)


def new_home() -> Op:
    return change_of(new_id(AT), "household", TEA, Verb.NEW, {"door": (None, "1号")})


def edit_of(record: str, fields: Mapping[str, tuple[Json, Json]]) -> Op:
    return change_of(record, "household", TEA, Verb.EDIT, fields)


def change_of(
    record: str, kind: str, village: str, verb: Verb, fields: Mapping[str, tuple[Json, Json]]
) -> Op:
    return op_of(Change(new_id(AT), record, kind, village, verb, dict(fields), AT, "w"))
