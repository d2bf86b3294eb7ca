"""Killing the scripted day at random moments: nothing that was confirmed may be missing."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.actions.entry.gate import Gate, Locked, Opened
from app.actions.entry.opening import open_desk
from app.paths import Paths
from app.store import Store
from tests.desks import DEVICE, Clock
from tests.facts import household, person
from tests.faults import steps
from tests.faults.content import Content, Difference, applied, content, difference
from tests.faults.day import QUICK
from tests.faults.given import Given
from tests.faults.steps_putting_back import ASIDE
from tests.store.agreement import assert_agrees

ROOT = Path(__file__).resolve().parents[2]
FIRST_WORDS = "fengxiang guihua kaile"
PRELUDE = 1
DAYS_IN_ONE_FOLDER = 12  # then a fresh one, or looking at everything would take longer and longer
FIRST_GUESS_SECONDS = 0.03
AIMED = 0.5  # of the kills: they wait for a commit to be announced, and come while it is being made
LONGEST_WAIT_SECONDS = 5.0
LONGER = 1.5
LONGEST_SILENCE_SECONDS = 60.0


@dataclass
class Told:
    """What a day said of itself up to the kill."""

    content: Content
    beside: dict[str, str]
    coming: Difference | None = None
    step: str = ""
    confirmed: int = 0
    began_at: float = 0.0
    announced_at: float = 0.0
    took: dict[str, list[float]] = field(default_factory=dict)
    committed_in: dict[str, list[float]] = field(default_factory=dict)

    def hear(self, line: dict[str, Any], at: float) -> None:
        """Take in one line that arrived `at` (seconds of a steady clock)."""
        match line:
            case {"begin": step}:
                self.step, self.began_at = step, at
            case {"end": step}:
                self.took.setdefault(step, []).append(at - self.began_at)
            case {"about": changes}:
                self.coming, self.announced_at = changes, at
            case {"undone": _}:
                self.coming = None
            case {"done": _}:
                self.content, self.beside = self.would_be()
                self.coming = None
                self.confirmed += 1
                self.committed_in.setdefault(self.step, []).append(at - self.announced_at)

    def would_be(self) -> tuple[Content, dict[str, str]]:
        """The store and what lies beside it, had the commit that was announced been made."""
        every = (self.coming or {}).items()
        inside = {key: value for key, value in every if not key.startswith("~")}
        beside = {key: value for key, value in every if key.startswith("~") and value is not None}
        return applied(self.content, inside), self.beside | beside


@dataclass
class Tally:
    """Kills by step, and how the transaction was found that was being committed then."""

    kills: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def table(self) -> str:
        """One line a step: kills; commits confirmed before them; commits announced and not confirmed,
        of which made; kills after which something was lost or there by half."""
        counts = (self.kills, self.confirmed, self.inside, self.whole, self.lost)
        lines = [f"{'step':12}{'kills':>8}{'confirmed':>11}{'in commit':>11}{'of it made':>12}{'lost':>6}"]
        for name in [*sorted(self.kills), "all"]:
            a, b, c, d, e = (sum(each.values()) if name == "all" else each[name] for each in counts)
            lines.append(f"{name:12}{a:8}{b:11}{c:11}{d:12}{e:6}")
        return "\n".join(lines)


class Campaign:
    """Days on one folder after the other, each ended by a kill. The same seed kills at the same steps."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.steps = steps.load()
        self.tally = Tally()
        self._chance = random.Random(seed)
        self._folder = folder
        self.place = folder / "none"
        self._number = self._left = 0
        self._keep = False
        self._beside: dict[str, str] = {}
        self._content: Content = {}
        self._seconds: dict[str, float] = {}
        self._commits: dict[str, float] = {}
        self._given = Given()

    def kill(self, target: str) -> None:
        """One day, killed in the step `target`.

        Raises AssertionError when anything was lost or is there by half; `place` is left as it was found
        and the next day begins elsewhere.
        """
        if self._left == 0:
            self._lay_out()
        self._left -= 1
        self._number += 1
        told = self._day(target)
        self.tally.kills[told.step] += 1
        self.tally.confirmed[told.step] += told.confirmed
        try:
            self._look(told)
        except BaseException:
            self.tally.lost[told.step] += 1
            self._left, self._keep = 0, True
            raise

    def _lay_out(self) -> None:
        if not self._keep:
            shutil.rmtree(self.place, ignore_errors=True)
        self._left, self._keep, self.place = DAYS_IN_ONE_FOLDER, False, self._folder / f"day{self._number}"
        paths, clock = Paths(self.place), Clock()
        opened = Gate(paths, clock, cost=QUICK).create(FIRST_WORDS, DEVICE)
        desk = open_desk(opened, paths, clock)
        with desk.unit("roster") as unit:
            unit.save(household())
            unit.save(person())
        self._content, self._beside = content(desk.store._db), {"~passphrase": FIRST_WORDS}
        self._given = Given()
        self._given.look(desk.store, restored=False)
        desk.store.close()

    def _day(self, target: str) -> Told:
        names = [*self._chance.choices(sorted(self.steps), k=PRELUDE), target]
        words = [str(self._number), self._beside["~passphrase"], *names]
        told = Told(dict(self._content), dict(self._beside))
        share, aimed = self._chance.uniform(0, 1.1), self._chance.random() < AIMED
        usual = self._commits if aimed else self._seconds
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.day", str(self.place), *words],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        ear = Ear(child, told, names)
        try:
            ear.wait_for_the_last(committing=aimed)
            time.sleep(share * usual.get(target, FIRST_GUESS_SECONDS))
            assert child.poll() is None, ear.complaint()
        finally:
            child.kill()
        ear.end()
        self._learn(told, target, usual)
        return told

    def _learn(self, told: Told, target: str, usual: dict[str, float]) -> None:
        """How long steps and commits take; longer than thought where the kill came before the end."""
        for name, times in told.took.items():
            self._seconds[name] = sum(times) / len(times)
        for name, times in told.committed_in.items():
            self._commits[name] = max(*times, self._commits.get(name, 0))
        if (usual is self._commits and told.coming) or (usual is self._seconds and target not in told.took):
            usual[target] = min(LONGER * usual.get(target, FIRST_GUESS_SECONDS), LONGEST_WAIT_SECONDS)

    def _look(self, told: Told) -> None:
        paths = Paths(self.place)
        opened, passphrase = self._unlock(paths, told)
        store = Store(paths.store, opened.key)
        try:
            found = content(store._db)
            kept, (would_be, beside) = told.content, told.would_be()
            if told.coming is not None:
                self.tally.inside[told.step] += 1
                self.tally.whole[told.step] += found == would_be != kept
            assert found in (kept, would_be), (
                told.step,
                difference(kept, found),
                difference(would_be, found),
            )
            assert_agrees(store)
            made = told.coming is not None and found == would_be != kept
            lying = beside if made else told.beside
            self._given.look(store, restored=set(_asides(lying)) != set(_asides(self._beside)))
        finally:
            store.close()
        for one in self.steps.values():
            if one.check:
                one.check(self.place, lying, beside if told.coming else None)
        self._content, self._beside = found, lying | {"~passphrase": passphrase}

    def _unlock(self, paths: Paths, told: Told) -> tuple[Opened, str]:
        """Just one passphrase opens: the confirmed one, or the one that was being set."""
        gate = Gate(paths, Clock(), cost=QUICK)
        (card,) = gate.workers()
        opening = []
        for words in dict.fromkeys((told.beside["~passphrase"], told.would_be()[1]["~passphrase"])):
            try:
                opening.append((gate.unlock(card.worker, words), words))
            except Locked:
                continue
        assert len(opening) == 1, "the confirmed passphrase opens nothing, or the one before it still does"
        return opening[0]


def _asides(beside: dict[str, str]) -> list[str]:
    return [name for name in beside if name.startswith(ASIDE)]


class Ear:
    """Listens to a day on a thread of its own, so that the day never waits for us."""

    def __init__(self, child: subprocess.Popen[bytes], told: Told, names: list[str]) -> None:
        self._child, self._told, self._left = child, told, len(names)
        self._last, self._committing = threading.Event(), threading.Event()
        self._wrong: list[str] = []
        self._threads = [threading.Thread(target=self._listen), threading.Thread(target=self._grumble)]
        for thread in self._threads:
            thread.start()

    def wait_for_the_last(self, *, committing: bool) -> None:
        """Until the day begins the last of its steps, and a commit in it if asked; or ends by itself."""
        assert self._last.wait(LONGEST_SILENCE_SECONDS), f"silent in {self._told.step}"
        if committing:
            self._committing.wait(LONGEST_WAIT_SECONDS)

    def complaint(self) -> str:
        """What the day wrote when it ended by a fault of its own."""
        self.end()
        return f"{self._told.step}: {''.join(self._wrong)}"

    def end(self) -> None:
        """After the kill: everything that was said."""
        self._child.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._child.stdout, self._child.stderr):
            if pipe:
                pipe.close()

    def _listen(self) -> None:
        assert self._child.stdout
        for line in self._child.stdout:
            if not line.endswith(b"\n"):
                continue  # cut by the kill: not said
            said = json.loads(line)
            self._told.hear(said, time.monotonic())
            if "begin" in said:
                self._left -= 1
                if self._left == 0:
                    self._last.set()
            elif "about" in said and self._left <= 0:
                self._committing.set()
        self._last.set()
        self._committing.set()

    def _grumble(self) -> None:
        assert self._child.stderr
        self._wrong.extend(line.decode(errors="replace") for line in self._child.stderr)
