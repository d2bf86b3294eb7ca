"""A laptop with Anki's own collection and client, told what to do line by line. Runs in the peer's Python."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from anki.collection import AddNoteRequest, Collection

TRIES = 5


class Laptop:
    """One collection. Each record is a note, each of its fields a field of the note."""

    def __init__(self, folder: str, url: str, user: str, fields: list[str]) -> None:
        self._col = Collection(str(Path(folder) / "collection.anki2"))
        self._auth = self._logged_in(user, url)
        self._notes: list[Any] = []
        self._fields = fields

    def _logged_in(self, user: str, url: str) -> Any:
        """Its login waits for a busy machine a few seconds only; it is no part of what is measured."""
        for left in reversed(range(TRIES)):
            try:
                return self._col.sync_login(user, "p", url)
            except Exception as error:  # its own kinds differ from release to release
                if not left:
                    raise
                print(f"again: {error}", file=sys.stderr)
                time.sleep(1)
        raise AssertionError("one of the tries ends it")

    def begin(self, first: bool) -> None:
        """The first laptop of an account gives the shape of a note, the second takes it over."""
        if first:
            models = self._col.models
            kind = models.new("visit")
            for field in self._fields:
                models.add_field(kind, models.new_field(field))
            face = models.new_template("card")
            face["qfmt"], face["afmt"] = "{{" + self._fields[0] + "}}", ""
            models.add_template(kind, face)
            models.add(kind)
        self._col.sync_collection(self._auth, False)
        self._col.close_for_full_sync()
        self._col.full_upload_or_download(auth=self._auth, server_usn=None, upload=first)
        self._col.reopen(after_full_sync=True)

    def save(self, path: str) -> None:
        """New notes from a file of records."""
        kind = self._col.models.by_name("visit")
        asked = []
        for body in json.loads(Path(path).read_text(encoding="utf-8")):
            note = self._col.new_note(kind)
            for field in self._fields:
                value = body.get(field, "")
                note[field] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            asked.append(AddNoteRequest(note, 1))
        self._col.add_notes(asked)
        self._notes = [one.note for one in asked]

    def edit(self, count: int, field: str) -> None:
        """One field of the first `count` notes."""
        for number, note in enumerate(self._notes[:count]):
            note[field] = f"2026-12-{number + 1:02}"
        self._col.update_notes(self._notes[:count])

    def sync(self, **_: object) -> dict[str, Any]:
        """One sync as the program does it. It knows one way only: both."""
        started = time.perf_counter()
        try:
            told = self._col.sync_collection(self._auth, False)
        except Exception as error:  # whatever the line did, the next sync has to deal with it
            return {"seconds": time.perf_counter() - started, "ended": False, "why": str(error)[:200]}
        ended = int(told.required) in (0, 1)  # no changes, or a normal sync that was done
        return {"seconds": time.perf_counter() - started, "ended": ended, "why": ""}

    def count(self) -> int:
        """How many notes this laptop holds."""
        return int(self._col.note_count())


def main() -> None:
    """`{"do": name, …}` on each line, and an answer for each."""
    laptop: Any = None
    for line in sys.stdin:
        said = json.loads(line)
        do = said.pop("do")
        if do == "open":
            laptop, answer = Laptop(**said), None
        else:
            answer = getattr(laptop, do)(**said)
        print(json.dumps({"answer": answer}), flush=True)


if __name__ == "__main__":
    main()
