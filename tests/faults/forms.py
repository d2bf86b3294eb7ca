"""Killing a form while it is filled: all that was called kept is there, at most the field in hand is not."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.actions import form_drafts
from app.actions.desk import Desk
from app.actions.registers.books import Book
from app.actions.registers.listing import NEW, draft_kind
from app.actions.tickets import ticket_drafts
from app.actions.visits import photos, visits
from app.domain.record import to_body
from app.store import Store
from tests.desks import Clock, desk_on
from tests.facts import HOME
from tests.faults.form_day import desk_in
from tests.faults.form_hands import FORMS, State
from tests.store.agreement import assert_agrees
from tests.ui.village import KEY, furnish

ROOT = Path(__file__).resolve().parents[2]
KILLS_IN_ONE_FOLDER = 12
MOST_LINES = 24
# A signature is one field to her; on disk it is who signed, how, and what was written.
SIGNING = {"signatures", "answers.signing", "answers.strokes"}
# Which ticket a visit is about also says what brought her there.
BROUGHT = {"ticket", "origin"}


@dataclass
class Heard:
    """What a form said until the plug was pulled: `since` are the states of the screen after the last kept,
    `hand` the fields she had in hand since the last of them."""

    opened: State = field(default_factory=dict)
    kept: State = field(default_factory=dict)
    since: list[State] = field(default_factory=list)
    hand: list[str] = field(default_factory=list)
    times: int = 0

    def hear(self, line: dict[str, Any]) -> None:
        match line:
            case {"opened": state}:
                self.opened = state
            case {"now": state, "hand": pending}:
                self.since.append(state)
                self.hand = pending
            case {"hand": names}:
                self.hand = [*self.hand, *names]
            case {"kept": state}:
                self.kept, self.since = state, []
                self.times += 1

    def explains(self, found: State) -> bool:
        """Whether `found` is what was kept or anything shown since, but for the field in hand."""
        known = [self.kept, *self.since]
        return found in known or any(_apart(found, state, self.hand) for state in known[-2:])


@dataclass
class Tally:
    kills: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def table(self) -> str:
        """One line a form: kills; times 已存好 was heard before; kills after which more was there; losses."""
        lines = [f"{'form':12}{'kills':>8}{'kept':>8}{'newer':>8}{'lost':>6}"]
        for name in [*sorted(self.kills), "all"]:
            a, b, c, d = (
                sum(each.values()) if name == "all" else each[name]
                for each in (self.kills, self.kept, self.newer, self.lost)
            )
            lines.append(f"{name:12}{a:8}{b:8}{c:8}{d:6}")
        return "\n".join(lines)


class FormCampaign:
    """Kill after kill, the forms in turn; the same seed does and kills the same."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = Tally()
        self._folder, self._chance = folder, random.Random(seed)
        self._number = 0
        self.place = folder / "none"
        self._found: dict[str, State] = {}

    def kill(self) -> str:
        """The next form, filled and killed; its name. Raises AssertionError when anything was lost."""
        if self._number % KILLS_IN_ONE_FOLDER == 0:
            self._lay_out()
        which = self._number % len(FORMS)
        name = FORMS[which].kind
        self._number += 1
        heard = self._fill(which, self._drafts.get(name, ""), self._found.get(name, {}))
        self.tally.kills[name] += 1
        self.tally.kept[name] += heard.times
        try:
            self._look(name, heard)
        except BaseException:
            self.tally.lost[name] += 1
            self._number += -self._number % KILLS_IN_ONE_FOLDER  # go on elsewhere, this is left as it is
            raise
        return name

    def _lay_out(self) -> None:
        if self._number and not self.tally.lost:
            shutil.rmtree(self.place, ignore_errors=True)
        self.place = self._folder / f"forms{self._number}"
        self.place.mkdir(parents=True)
        desk = furnish(desk_on(Store(self.place / "store.db", KEY, create=True), Clock()))
        self._drafts = {"visit": visits.begin(desk, HOME, purpose="VP12").id}
        self._found = {name: found_in(desk, name, self._drafts) for name in ("visit",)}
        desk.store.close()

    def _fill(self, which: int, draft: str, before: State) -> Heard:
        lines, wait = (
            self._chance.randrange(2, MOST_LINES),
            self._chance.choice((0.0, 0.0, 0.002, 0.01, 0.03)),
        )
        seed = str(self._chance.randrange(10**6))
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.form_day", str(self.place), str(which), seed, draft],
            cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stderr is not None
        heard = Heard(kept=before)
        try:
            for _ in range(lines):
                line = child.stdout.readline()
                assert line, f"ended by itself: {child.stderr.read()}"
                heard.hear(json.loads(line))
            time.sleep(wait)
        finally:
            child.kill()
            rest = child.stdout.read()  # what it had said already
            child.wait()
            child.stdout.close()
            child.stderr.close()
        for line in rest.splitlines(keepends=True):
            if line.endswith("\n"):
                heard.hear(json.loads(line))
        return heard

    def _look(self, name: str, heard: Heard) -> None:
        before = self._found.get(name, {})
        # What nobody has filled in yet may be proposed, like the day.
        shown = {key: heard.opened.get(key) for key in before}
        assert shown == before, (name, "opened otherwise than it was left", apart(before, shown))
        desk = desk_in(self.place)
        try:
            found = found_in(desk, name, self._drafts)
            assert_agrees(desk.store)
        finally:
            desk.store.close()
        self.tally.newer[name] += found != heard.kept
        assert heard.explains(found), (name, heard.hand, apart(heard.kept, found))
        self._found[name] = found


def found_in(desk: Desk, name: str, drafts: dict[str, str]) -> State:
    """What the draft of that form holds; {} when there is none."""
    if name == "visit":
        visit = visits.resume(desk, drafts["visit"])
        photos.thumbs(desk, visit)  # every picture it names can be opened
        body: State = json.loads(json.dumps(to_body(visit)))
        answers = body.pop("answers", {})
        return {**body, **{f"answers.{key}": value for key, value in answers.items() if key != "at_step"}}
    if name == "ticket":
        begun = desk.store.drafts.of_kind(ticket_drafts.KIND)
        drafts["ticket"] = begun[0].id if begun else ""
        return dict(begun[0].body) if begun else {}
    if name == "register":
        return dict(form_drafts.held(desk, draft_kind(Book.SEAL), NEW))
    household = form_drafts.begun(desk, form_drafts.HOUSEHOLD)
    return dict(household[0].answers) if household else {}


def apart(one: State, other: State) -> dict[str, tuple[Any, Any]]:
    """The fields in which two states differ, with what each says."""
    names = sorted(one.keys() | other.keys())
    return {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}


def _apart(found: State, told: State, hand: list[str]) -> bool:
    """Whether two states differ in the fields in `hand` alone; in one, where a control names no field."""
    names = set(apart(found, told))
    named = {key for key in names if key.removeprefix("answers.") in hand}
    for whole, parts in (("signatures", SIGNING), ("ticket", BROUGHT)):
        if whole in hand:
            named |= names & parts
    return len(names - named) <= hand.count("")
