"""The steps of the scripted day; a later one is written with `@step` in a module that `load` imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from tests.faults.day import STEPS, Day, Step

MODULES = ("steps_at_the_desk", "steps_on_files", "steps_putting_back")
Check = Callable[[Path, Mapping[str, str], Mapping[str, str] | None], None]


def step(name: str, check: Check | None = None) -> Callable[[Callable[[Day], None]], Callable[[Day], None]]:
    """Add a step to the day. `check`: see `Step`."""

    def add(do: Callable[[Day], None]) -> Callable[[Day], None]:
        STEPS[name] = Step(do, check)
        return do

    return add


def load() -> Mapping[str, Step]:
    """Every step there is, by name."""
    for module in MODULES:
        import_module(f"tests.faults.{module}")  # which registers its steps
    return STEPS
