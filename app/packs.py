"""Reading policy packs from their folders: the reference shipped with the program, and the county's own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.domain import pack as packs
from app.domain.pack_check import consistency
from app.domain.pack_merge import MANIFEST
from app.domain.policy import Pack
from app.domain.problem import Problem, UserError
from app.domain.workdays import WorkCalendar, read_calendar

LARGEST = 1_000_000  # bytes; a pack file is a few kilobytes


def reference(name: str = "hunan") -> Path:
    """The folder of a reference pack shipped with the program."""
    return Path(str(files("resources").joinpath("packs", name)))


def load(*folders: Path) -> Pack:
    """The pack in `folders`, the reference first. Raises UserError listing everything to mend."""
    pack, problems = _read(*folders)
    if pack is None or problems:
        raise UserError("政策包有毛病，没有用它，原来的还在。", field="pack", problems=problems)
    return pack


def check(folder: Path) -> tuple[Problem, ...]:
    """Everything to mend in the pack in `folder`, read over the reference it extends; () is good."""
    return _read(*_below(folder), folder)[1]


@cache
def calendar() -> WorkCalendar:
    """The published working days of China, as shipped."""
    text = files("resources").joinpath("calendar", "china.toml").read_text("utf-8")
    return read_calendar(tomllib.loads(text))


def _read(*folders: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    layers: list[dict[str, dict[str, Any]]] = []
    problems: list[Problem] = []
    for folder in folders:
        layer, found = _files(folder)
        layers.append(layer)
        problems.extend(found)
    if problems:
        return None, tuple(problems)
    pack, found = packs.read(*layers)
    return pack, found or consistency(pack)


def _below(folder: Path) -> tuple[Path, ...]:
    name = _files(folder)[0].get(MANIFEST, {}).get("extends")
    if not isinstance(name, str) or not name.isalnum():
        return ()
    base = reference(name)
    return (base,) if base.is_dir() and base.resolve() != folder.resolve() else ()


def _files(folder: Path) -> tuple[dict[str, dict[str, Any]], tuple[Problem, ...]]:
    read: dict[str, dict[str, Any]] = {}
    problems = []
    paths = sorted([*folder.glob("*.toml"), *folder.glob("items/*.toml")])
    if not (folder / MANIFEST).is_file():
        problems.append(Problem(str(folder), "这里没有 pack.toml，看看文件夹选对没有"))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError("文件太大")
            read[name] = tomllib.loads(path.read_text("utf-8-sig"))
        except UnicodeDecodeError:
            problems.append(Problem(name, "不是 UTF-8 编码，用记事本另存为 UTF-8"))
        except (tomllib.TOMLDecodeError, ValueError) as bad:
            problems.append(Problem(name, f"写法不对，读不下去：{bad}"))
        except OSError as fault:
            problems.append(Problem(name, f"打不开这个文件：{fault.strerror}"))
    return read, tuple(problems)
