"""Carrying on what came on sticks to a township computer that has a line: files up, answers back beside them.

It needs no key and can read nothing: what it carries is sealed for the county, and the answers for the
computer that wrote. It may be asked again at any time; what was carried twice is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.domain.problem import Offline, StorageFault
from app.vault import parcel_files
from sync.client.http import Transport
from sync.protocol import bundle, enrol_file
from sync.protocol.errors import Refused
from sync.protocol.limits import BUNDLE_PATH, MESSAGE_TYPE, PROTOCOL, PROTOCOL_HEADER

HEADERS = {PROTOCOL_HEADER: str(PROTOCOL), "Content-Type": MESSAGE_TYPE}


@dataclass(frozen=True)
class Carried:
    """One file and what became of it: `problem` in words, "" when its answer lies beside it."""

    file: Path
    problem: str = ""


def carry(
    transport: Transport, places: Iterable[Path], told: Callable[[Carried], None]
) -> tuple[Carried, ...]:
    """Every file for the county in `places`, one after another; each is told of when it is done.

    Raises Offline when the county is not reached: what was carried before is done and told.
    """
    done = []
    for suffix in (enrol_file.ASK_SUFFIX, bundle.UP_SUFFIX):  # a new computer first, then its work
        for file in parcel_files.found(places, suffix):
            one = Carried(file, _problem(transport, file))
            told(one)
            done.append(one)
    return tuple(done)


def _problem(transport: Transport, file: Path) -> str:
    enrols = file.suffix == enrol_file.ASK_SUFFIX
    apart: Callable[[bytes], object] = enrol_file.apart if enrols else bundle.apart
    try:
        raw = parcel_files.get(file, bundle.BUNDLE_BYTES)
        apart(raw)  # a half-copied file need not travel
        answer = transport.fetch_large(BUNDLE_PATH, raw, HEADERS, bundle.BUNDLE_BYTES)
        apart(answer)
        back = enrol_file.TOLD_SUFFIX if enrols else bundle.DOWN_SUFFIX
        parcel_files.put(file.with_suffix(back), answer)
    except Offline:
        raise
    except (Refused, StorageFault) as error:
        return error.words
    return ""
