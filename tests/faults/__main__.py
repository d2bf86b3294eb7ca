"""`python3 dev.py faults`: power cuts, full disks, flipped bits and bad lines of the tests, at length."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from tests.faults.flipped_bits import made, turn_bits
from tests.faults.forms import FormCampaign
from tests.faults.full_disk import UNITS, swept
from tests.faults.kills import Campaign
from tests.sync.model.__main__ import histories


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 when nothing was lost."""
    options = _parser().parse_args(arguments)
    if options.histories:
        return 1 if histories(options.histories, options.seed, options.minutes) else 0
    folder = Path(tempfile.mkdtemp(prefix="faults"))
    if options.forms:
        return 1 if forms(FormCampaign(folder, options.seed), options.forms, options.minutes) else 0
    lost = kills(Campaign(folder, options.seed), options.kills, options.minutes)
    if sys.platform != "win32":
        disks(folder / "disk")
    bits(folder / "bits", options.seed)
    if not lost:
        shutil.rmtree(folder)
    return 1 if lost else 0


def kills(campaign: Campaign, number: int, minutes: float) -> int:
    """Kill each step in turn; how often anything was lost."""
    started = time.monotonic()
    for done, name in zip(range(number), cycle(campaign.steps), strict=False):
        if minutes and time.monotonic() - started > 60 * minutes:
            break
        try:
            campaign.kill(name)
        except AssertionError as error:
            print(f"LOST in {name}, kept in {campaign.place}: {error}", flush=True)
        if done % 50 == 49:
            print(f"{done + 1} kills in {time.monotonic() - started:.0f} s", flush=True)
    print(campaign.tally.table())
    return campaign.tally.lost.total()


def forms(campaign: FormCampaign, number: int, minutes: float) -> int:
    """Kill forms while they are filled; how often anything was lost."""
    started = time.monotonic()
    for done in range(number):
        if minutes and time.monotonic() - started > 60 * minutes:
            break
        try:
            campaign.kill()
        except AssertionError as error:
            print(f"LOST, kept in {campaign.place}: {error}", flush=True)
        if done % 25 == 24:
            print(f"{done + 1} kills in {time.monotonic() - started:.0f} s", flush=True)
    print(campaign.tally.table())
    return campaign.tally.lost.total()


def disks(folder: Path) -> None:
    """A disk full at each page of each unit there is. Raises AssertionError when one was not whole."""
    folder.mkdir()
    for name, said in swept(folder, *UNITS).items():
        times = len(said) if isinstance(said, list) else said
        print(f"disk full: {name:16}refused at {times:4} pages, whole each time", flush=True)


def bits(folder: Path, seed: int) -> None:
    """Eight bits in every page, one at a time. Raises AssertionError when one was taken for data."""
    folder.mkdir()
    found = turn_bits(made(folder / "s.db"), folder, each=8, seed=seed)
    print(f"flipped bits: {found.total()} named, {found['refused']} refused when read, none taken for data")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py faults", description="power cuts, full disks, flipped bits")
    parser.add_argument("--kills", type=int, default=500, help="how many (500)")
    parser.add_argument("--forms", type=int, default=0, help="kill only forms being filled, so many times")
    parser.add_argument(
        "--histories", type=int, default=0, help="of laptops and a county, so many; nothing else"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the choice of moments (1)")
    parser.add_argument("--minutes", type=float, default=0, help="stop killing after so many")
    return parser


if __name__ == "__main__":
    sys.exit(main())
