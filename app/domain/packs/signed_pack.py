"""What a county signs when it gives out a policy pack: which files, of which version, for which region."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.packs.policy import Layer, version_key
from app.domain.problem import Problem, UserError

FORM = "pack 1"
PURPOSE = b"shoufangtong pack 1\n"  # no signature made for anything else can be taken for a pack's
MOST_FILES = 400
FILE_BYTES = 1_000_000  # one file of a pack; the largest shipped is a few tens of kilobytes
WHOLE_BYTES = 8_000_000  # all of them together, unpacked
NAME = re.compile(r"[0-9]{1,2}-[a-z0-9][a-z0-9_-]{0,39}/((items|surveys)/)?[A-Za-z0-9_-]{1,60}\.toml")
DIGEST = re.compile(r"[0-9a-f]{64}")
BROKEN = "这个文件不是政策包，或者坏了一部分。请县里重新拷一次。正在用的政策没有动。"


@dataclass(frozen=True)
class LayerFiles:
    """One layer as it lies in a folder or in a signed file: its files by name, and what could not be read.

    `shipped` layers came with the program and need no signature of a county.
    """

    name: str
    files: Mapping[str, bytes] = field(repr=False)
    shipped: bool = False
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """The signed words. `files` maps each name to its SHA-256 in hex; `over` is the shipped reference
    below the layers, by name, or "" when they bring their own."""

    name: str
    version: str
    title: str
    region: str
    over: str
    made_at: str
    files: Mapping[str, str]

    @property
    def order(self) -> tuple[int, ...]:
        """What says which of two packs is the newer."""
        return version_key(self.version)


def laid_out(layers: Iterable[LayerFiles]) -> dict[str, bytes]:
    """The files of the layers under names that keep their order: `2-yunling/offices.toml`."""
    return {
        f"{number}-{layer.name}/{name}": raw
        for number, layer in enumerate(layers, 1)
        for name, raw in sorted(layer.files.items())
    }


def layers_in(files: Mapping[str, bytes]) -> tuple[LayerFiles, ...]:
    """The layers of a signed pack, the lowest first."""
    found: dict[tuple[int, str], dict[str, bytes]] = {}
    for path, raw in files.items():
        folder, _, name = path.partition("/")
        number, _, layer = folder.partition("-")
        found.setdefault((int(number), layer), {})[name] = raw
    return tuple(LayerFiles(layer, found[number, layer]) for number, layer in sorted(found))


def write_manifest(main: Layer, over: str, files: Mapping[str, bytes], at: datetime) -> bytes:
    """The bytes to sign; `main` is the county's own layer, whose version is the pack's."""
    told = {
        "shoufangtong": FORM,
        "name": main.name,
        "version": main.version,
        "title": main.title,
        "region": main.region,
        "over": over,
        "made_at": at.isoformat(timespec="seconds"),
        "files": {name: digest(raw) for name, raw in sorted(files.items())},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_manifest(raw: bytes) -> Manifest:
    """Raises UserError when it is none."""
    try:
        data = json.loads(raw)
        if not isinstance(data, dict) or data.get("shoufangtong") != FORM:
            raise ValueError("another form")
        names = ("name", "version", "title", "region", "over", "made_at")
        if not all(isinstance(data[name], str) and len(data[name]) <= 200 for name in names):
            raise ValueError("not a text")
        manifest = Manifest(**{name: data[name] for name in names}, files=_digests(data["files"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(BROKEN, field="file") from error
    if not manifest.order or not manifest.region.isdigit():
        raise UserError(BROKEN, field="file")
    return manifest


def check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Raises UserError unless exactly the signed files are there, letter for letter."""
    same = manifest.files.keys() == files.keys()
    if not same or any(digest(raw) != manifest.files[name] for name, raw in files.items()):
        raise UserError(
            "政策包里的文件和签名对不上，有人改过或者拷坏了，没有用。正在用的还在。", field="file"
        )


def signed_words(manifest: bytes) -> bytes:
    """What the county's signature covers."""
    return PURPOSE + manifest


def digest(raw: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(raw).hexdigest()


def _digests(data: Any) -> dict[str, str]:
    if not isinstance(data, dict) or not 0 < len(data) <= MOST_FILES:
        raise ValueError("no files")
    for name, value in data.items():
        if not NAME.fullmatch(name) or not isinstance(value, str) or not DIGEST.fullmatch(value):
            raise ValueError("not a file of a pack")
    return data
