"""Reading policy packs: the reference shipped with the program, folders, and the layers of a signed file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.domain.packs import pack as packs
from app.domain.packs.pack_check import consistency
from app.domain.packs.pack_merge import MANIFEST
from app.domain.packs.policy import Pack
from app.domain.packs.signed_pack import FILE_BYTES, LayerFiles
from app.domain.packs.toml_lines import line_of, lines
from app.domain.problem import Problem, UserError
from app.domain.workdays import WorkCalendar, read_calendar

Tables = dict[str, dict[str, Any]]
_Bytes = tuple[str, bool, tuple[Problem, ...], tuple[tuple[str, bytes], ...]]  # a layer, to be compared
MOST_LAYERS = 30
NUMBERED = re.compile(r"(\d+)/")  # the layer a problem is in
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# What the reader of TOML says in English, and what the clerk can do about it.
SLIPS = {
    "Expected '=' after a key": "名字后面要写等号",
    "Invalid value": "等号后面写得不对：文字要加引号，日期写 2026-11-01",
    "Unclosed array": "方括号没有配对",
    "Unclosed inline table": "花括号没有配对",
    "Invalid statement": "这一行看不懂；说明的话前面加 #",
    "Illegal character": "引号没有配对",
    "Unterminated string": "引号没有配对",
    "Cannot overwrite": "同一个名字写了两次，留一个",
    "Cannot declare": "同一个表写了两次，留一个",
    "Duplicate inline table key": "同一个名字写了两次，留一个",
    "Expected newline": "一行只写一项，看看是不是漏了引号",
}


def reference(name: str = "hunan") -> Path:
    """The folder of a reference pack shipped with the program."""
    return Path(str(files("resources").joinpath("packs", name)))


def shipped(name: str) -> LayerFiles | None:
    """The reference of that name, when the program brought one."""
    there = name.isidentifier() and (reference(name) / MANIFEST).is_file()
    return replace(folder(reference(name)), shipped=True) if there else None


def load(*layers: Path | LayerFiles) -> Pack:
    """The pack of these layers, the lowest first. Raises UserError listing everything to mend."""
    read = (folder(one) if isinstance(one, Path) else one for one in layers)
    pack, problems = _known(*((one.name, one.shipped, one.faults, tuple(one.files.items())) for one in read))
    if pack is None or problems:
        raise UserError("政策包有毛病，没有用它，原来的还在。", field="pack", problems=problems)
    return pack


def check(*folders: Path) -> tuple[Problem, ...]:
    """Everything to mend in the packs in `folders` and what they lie over, by file and line; () is good."""
    try:
        return _read(*chain(*folders))[1]
    except UserError as error:
        return error.problems


def chain(*folders: Path) -> tuple[LayerFiles, ...]:
    """The layers of `folders`, the lowest first: each lies over what its `extends` names, which stands in
    the folder beside it or came with the program. Raises UserError when it is nowhere, or goes in circles.
    """
    found: dict[str, LayerFiles] = {}
    for path in folders:
        below: list[LayerFiles] = []
        layer: LayerFiles | None = folder(path)
        while layer is not None:
            if layer.name in {one.name for one in below} or len(below) == MOST_LAYERS:
                raise UserError("extends 绕成了一个圈，改其中一个", field=f"{path.name}/{MANIFEST}：extends")
            below.insert(0, layer)
            layer = _below(path, layer)
        found |= {one.name: one for one in below if one.name not in found}
    return tuple(found.values())


def folder(path: Path) -> LayerFiles:
    """The layer in a folder; what could not be read is among its faults."""
    read: dict[str, bytes] = {}
    faults = []
    if not (path / MANIFEST).is_file():
        faults.append(Problem(str(path), "这里没有 pack.toml，看看文件夹选对没有"))
    for file in sorted([*path.glob("*.toml"), *path.glob("items/*.toml"), *path.glob("surveys/*.toml")]):
        name = file.relative_to(path).as_posix()
        try:
            if file.stat().st_size > FILE_BYTES:
                faults.append(Problem(name, "文件太大，一个文件最多 1 MB"))
            else:
                read[name] = file.read_bytes()
        except OSError as fault:
            faults.append(Problem(name, f"打不开这个文件：{fault.strerror}"))
    return LayerFiles(_own_name(read) or path.name, read, faults=tuple(faults))


@cache
def calendar() -> WorkCalendar:
    """The published working days of China, as shipped."""
    text = files("resources").joinpath("calendar", "china.toml").read_text("utf-8")
    return read_calendar(tomllib.loads(text))


def _own_name(read: dict[str, bytes]) -> str:
    return str(_manifest(read).get("name") or "")


def _manifest(read: Any) -> dict[str, Any]:
    try:
        return tomllib.loads(read.get(MANIFEST, b"").decode("utf-8-sig"))
    except ValueError:
        return {}


def _below(path: Path, layer: LayerFiles) -> LayerFiles | None:
    name = _manifest(layer.files).get("extends")
    if not isinstance(name, str) or not name:
        return None
    beside = (one.parent for one in sorted(path.parent.glob(f"*/{MANIFEST}")))
    known = shipped(name) or next((one for one in map(folder, beside) if one.name == name), None)
    if known is None:
        words = f"找不到 {name}：把那个文件夹放在这个旁边，或改成 hunan"
        raise UserError(words, field=f"{layer.name}/{MANIFEST}：extends")
    return known


@dataclass(frozen=True)
class _Layer:
    """A layer taken apart. `where` stands before its files' names when it is not the one in hand."""

    where: str
    texts: dict[str, str]
    tables: Tables


@lru_cache(maxsize=4)  # the files are read every time; the same bytes again, as at every unlocking, are known
def _known(*layers: _Bytes) -> tuple[Pack | None, tuple[Problem, ...]]:
    return _read(*(LayerFiles(name, dict(files), shipped, faults) for name, shipped, faults, files in layers))


def _read(*layers: LayerFiles) -> tuple[Pack | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    known = [_apart(layer, "" if layer is layers[-1] else f"{layer.name}/", problems) for layer in layers]
    if problems:
        return None, tuple(problems)
    pack, found = packs.read(*(layer.tables for layer in known))
    return pack, tuple(_placed(problem, known) for problem in found or consistency(pack))


def _apart(layer: LayerFiles, where: str, problems: list[Problem]) -> _Layer:
    problems.extend(layer.faults)
    texts: dict[str, str] = {}
    tables: Tables = {}
    for name, raw in layer.files.items():
        try:
            texts[name] = raw.decode("utf-8-sig").replace("\r\n", "\n")
            tables[name] = tomllib.loads(texts[name])
        except UnicodeDecodeError:
            problems.append(Problem(f"{where}{name}", "不是 UTF-8 编码，用记事本另存为 UTF-8"))
        except (ValueError, RecursionError) as bad:
            said, place = str(bad), PLACE.search(str(bad))
            words = next((words for slip, words in SLIPS.items() if said.startswith(slip)), said)
            line = place[1] if place else texts[name].count("\n") + 1
            problems.append(Problem(f"{where}{name} 第 {line} 行", f"写法不对，读不下去：{words}"))
    return _Layer(where, texts, tables)


def _placed(problem: Problem, known: list[_Layer]) -> Problem:
    """The problem with the line it stands on: in the highest layer that says the thing it is about."""
    name, colon, place = problem.field.partition("：")
    if only := NUMBERED.match(name):
        known, name = [known[int(only[1]) - 1]], name[only.end() :]
    best: tuple[int, int, str] = (-1, 0, "")
    for layer in reversed(known):
        if name in layer.texts:
            line, depth = line_of(place, lines(layer.texts[name], layer.tables[name]))
            best = max(best, (depth, line, layer.where), key=lambda found: found[0])  # of two the first
    depth, line, where = best
    if depth < 0 or not place:
        return replace(problem, field=f"{where}{name}{colon}{place}")
    return replace(problem, field=f"{where}{name} 第 {line} 行：{place}")
