"""Stories that are known to notice a bug: played first, so that the whole list is soon through.

A story is a seed and the steps of a history that are enough, each by number and name. They are found and
written down by `dev.py mutate --keep`; one that no longer notices its bug is found anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

PATH = Path(__file__).with_name("known.json")


@dataclass(frozen=True)
class Story:
    """`broke` is the promise it broke, in the words of whoever noticed."""

    seed: str
    steps: tuple[str, ...]
    broke: str = ""


def known() -> dict[str, Story]:
    """The stories by the name of their bug."""
    if not PATH.exists():
        return {}
    found = json.loads(PATH.read_text(encoding="utf-8"))
    return {name: Story(one["seed"], tuple(one["steps"]), one["broke"]) for name, one in found.items()}


def write(stories: Mapping[str, Story]) -> None:
    """Keep `stories`, in place of all that were kept."""
    told = {name: asdict(story) for name, story in stories.items()}
    PATH.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
