"""What a damaged store no longer gives back: named by what is left of it, in words a worker knows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.actions.sync_state import KIND_WORDS
from app.domain.workdays import china_day
from app.store.btree import Values
from app.store.gather import Gathered
from app.store.shapes import Fields

# The index that names every row of a table: complete, it says of each lost one that it is lost.
NAMED_BY = {
    "record": "record_type",
    "outbox": "sqlite_autoindex_outbox_1",
    "attachment": "attachment_record",
}
NUMBERED = ("outbox", "audit")
TABLE_WORDS = {
    "record": "住户、走访和首访单",
    "outbox": "没上传的改动",
    "audit": "操作记录",
    "draft": "没写完的表",
    "meta": "本机的登记和设置",
    "cursor": "上传进度",
    "attachment": "照片和扫描件",
    "print_job": "等着打的单子",
    "ballot": "不记名的答卷",
}
LOST_WORDS = KIND_WORDS | TABLE_WORDS | {"sent": "上传过的改动底账"}


@dataclass(frozen=True)
class Lost:
    """One thing that did not come back: a record's type, or a table's name (`sent`: a change already sent).

    `about` says in words whose it was and of which day, as far as anything left tells.
    """

    kind: str
    id: str
    about: str = ""


class Losses:
    """Told from what was gathered. `villages` are those of this device, none when they are not known."""

    def __init__(self, gathered: Gathered, villages: Iterable[str]) -> None:
        self._all = gathered
        self._villages = frozenset(villages)
        self._payloads: dict[str, dict[str, Any]] = {}
        for fields in sorted(gathered.rows["outbox"].values(), key=lambda one: int(str(one["n"]))):
            payload = json.loads(str(fields["payload"]))
            self._payloads.setdefault(str(fields["record"]), payload)
        self._kinds: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._read_indexes()

    def of_records(self) -> tuple[Lost, ...]:
        """Every record something still names and whose row is gone."""
        if "record" in self._all.complete and not self._all.cut["record"]:
            return ()
        present = {str(key[0]) for key in self._all.rows["record"]}
        named = dict(self._kinds)
        # A cut row on a page nothing leads to may be of another table that begins like this one.
        cut = {str(one["id"]): str(one.get("type", "")) for one in self._all.cut["record"]}
        named |= {record: kind for record, kind in cut.items() if not kind or kind in KIND_WORDS}
        if not {"record", NAMED_BY["record"]} & self._all.complete:
            named = self._also_elsewhere() | named
        gone = sorted(named.keys() - present)
        return tuple(Lost(named[record], record, self._about(record, named[record])) for record in gone)

    def of_lines(self) -> tuple[Lost, ...]:
        """Changes and log lines whose numbers are missing in the row of numbers."""
        found: list[Lost] = []
        about = self._changes_by_number()
        for table in NUMBERED:
            if table in self._all.complete and not self._all.cut[table]:
                continue
            numbers = {int(str(key[0])) for key in self._all.rows[table]}
            named = (
                (*about, *_second(self._all.entries.get(NAMED_BY[table], ()))) if table == "outbox" else ()
            )
            last = max((self._all.numbers.get(table, 0), *numbers, *named))
            for number in sorted(set(range(1, last + 1)) - numbers):
                record, sent = about.get(number, ("", False)) if table == "outbox" else ("", False)
                about_it = "" if sent else self._about(record, self._kinds.get(record, ""))
                found.append(Lost("sent" if sent else table, str(number), about_it))
        return tuple(found)

    def unsent(self) -> dict[int, str]:
        """The lost changes the county never had, by number, with the record each was about."""
        have = self._all.rows["outbox"]
        about = self._changes_by_number().items()
        return {number: record for number, (record, sent) in about if not sent and (number,) not in have}

    def of_others(self) -> tuple[Lost, ...]:
        """Drafts and the device's own facts; a cursor is no loss, the county is then asked from the start."""
        found: list[Lost] = []
        for table, rows in self._all.rows.items():
            if table in ("record", "cursor", *NUMBERED):
                continue
            named = self._keys_of(table)
            for fields in self._all.cut[table]:
                named[str(next(iter(fields.values())))] = str(fields.get("subject") or "")
            gone = sorted(named.keys() - {str(key[0]) for key in rows})
            found += [Lost(table, one, self.place(named[one])) for one in gone]
        return tuple(found)

    def unsure(self) -> tuple[str, ...]:
        """Tables of which more may be gone than can be named."""
        return tuple(table for table in self._all.rows if table != "cursor" and not self.sure_of(table))

    def sure_of(self, table: str) -> bool:
        """Whether every row of `table` is either here or named as lost."""
        if table in NUMBERED and "sqlite_sequence" in self._all.complete:
            return True
        names = {table, NAMED_BY.get(table, f"sqlite_autoindex_{table}_1")}
        return bool(names & self._all.complete)

    def place(self, household: str) -> str:
        """`茶园组 3号 蒋桂英家`, as far as it is known."""
        home = self._body(household) or self._fields(household)
        shown = self._all.found.get(household)
        place = f"{home.get('group') or ''} {home.get('door') or ''}".strip()
        place = place or (str(shown["title"]) if shown else "")
        head = str(home.get("head") or "")
        name = str((self._body(head) or self._fields(head)).get("name") or "")
        if not name and head in self._all.found:
            name = str(self._all.found[head]["title"])
        return f"{place} {name}家".strip() if name else place

    def _keys_of(self, table: str) -> dict[str, str]:
        """The keys an index names, each with the household it belongs to where the index says so."""
        if table == "attachment":
            entries = self._all.entries.get(NAMED_BY[table], ())
            return {str(entry[2]): self._homes.get(str(entry[0]), "") for entry in entries}
        return {str(entry[0]): "" for entry in self._all.entries.get(f"sqlite_autoindex_{table}_1", ())}

    def _read_indexes(self) -> None:
        for entry in [*self._all.entries.get("record_type", ()), *self._all.entries.get("", ())]:
            if len(entry) == 2 and entry[0] in KIND_WORDS and _is_id(entry[1]):
                self._kinds[str(entry[1])] = str(entry[0])
        for name, entries in self._all.entries.items():
            if name.endswith("_household") and name != "found_household":
                self._homes |= {str(entry[1]): str(entry[0]) for entry in entries if len(entry) == 2}

    def _also_elsewhere(self) -> dict[str, str]:
        named = {record: str(shown["kind"]) for record, shown in self._all.found.items()}
        for fields in self._all.rows["audit"].values():
            verb, _, kind = str(fields["verb"]).partition(" ")
            if verb == "save" and kind in KIND_WORDS:
                named[str(fields["subject"])] = kind
        for record, payload in self._payloads.items():
            # What left for a village that is not ours any more is not lost.
            if not self._villages or payload["village"] in self._villages:
                named[record] = str(payload["type"])
            else:
                named.pop(record, None)
        return named

    def _changes_by_number(self) -> dict[int, tuple[str, bool]]:
        """(record, whether the county has it) by number of the change, from what is left of the index."""
        found = {}
        for entry in [*self._all.entries.get("outbox_record", ()), *self._all.entries.get("", ())]:
            if len(entry) == 3 and _is_id(entry[0]) and isinstance(entry[2], int):
                found[entry[2]] = (str(entry[0]), entry[1] is not None)
        return found

    def _about(self, record: str, kind: str) -> str:
        if not record:
            return ""
        fields, shown = self._fields(record), self._all.found.get(record)
        household = str(fields.get("household") or self._homes.get(record) or "")
        if kind == "household":
            household = record
        elif not household and shown:
            household = str(shown["household"])
        name = str(shown["title"]) if shown and kind != "household" else str(fields.get("name") or "")
        day = _day(fields) or _day_of(record)
        return "，".join(filter(None, (self.place(household), name, f"{day:%Y-%m-%d}" if day else "")))

    def _fields(self, record: str) -> dict[str, Any]:
        """What the first change still waiting or kept about a record set its fields to."""
        payload = self._payloads.get(record)
        return {name: pair[1] for name, pair in payload["fields"].items()} if payload else {}

    def _body(self, record: str) -> Mapping[str, Any]:
        row: Fields | None = self._all.rows["record"].get((record,))
        return json.loads(str(row["body"])) if row else {}


def sentences(lost: Iterable[Lost]) -> tuple[str, ...]:
    """`走访 2 条没救回来：…`, one line for each kind."""
    lost = tuple(lost)
    said = []
    for kind, count in Counter(one.kind for one in lost).items():
        about = Counter(one.about for one in lost if one.kind == kind and one.about)
        told = "；".join(f"{words}（{times} 条）" if times > 1 else words for words, times in about.items())
        said.append(f"{LOST_WORDS.get(kind, kind)} {count} 条没救回来{f'：{told}' if told else ''}。")
    return tuple(said)


def _second(entries: Iterable[Values]) -> list[int]:
    return [entry[1] for entry in entries if len(entry) == 2 and isinstance(entry[1], int)]


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4


def _day(fields: Mapping[str, Any]) -> date | None:
    for name in ("started_at", "received_at", "at"):
        try:
            return china_day(datetime.fromisoformat(fields[name]))
        except (KeyError, TypeError, ValueError):
            continue
    return None


def _day_of(record: str) -> date | None:
    """The day in an id: the first 48 bits of a UUIDv7 are the time it was made."""
    try:
        made = UUID(record)
        return china_day(datetime.fromtimestamp((made.int >> 80) / 1000, UTC)) if made.version == 7 else None
    except (ValueError, OverflowError, OSError):
        return None
