"""Which policy is in force on this computer: the county's signed pack, put in place whole or not at all."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from app import pack_file, packs
from app.actions.desk import Desk
from app.domain.device import DeviceIdentity
from app.domain.packs.policy import Pack, version_key
from app.domain.packs.signed_pack import Manifest, digest, layers_in
from app.domain.problem import Problem, UserError
from app.files import write_whole
from app.vault import pack_signature

FILE = f"county{pack_file.SUFFIX}"
IN_FORCE = "pack"  # version and digest of the last pack that was put in place: none before it comes back
NO_KEY = "这台电脑还不认得县里的签名。先连网同步一次，再装。"
NOT_OURS = "这个政策包不是本县签的，没有用。正在用的还在。请向县里要本县的。"
NOT_SIGNED = "县里的政策包要签了名才用，这个文件夹没有签名，没有用。同步一次，或从 U 盘装县里签了名的。"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """The policy to work by, and why something that lies on this computer is not in use."""

    pack: Pack
    problems: tuple[Problem, ...] = ()


def in_force(folder: Path, device: DeviceIdentity) -> Found:
    """What of `folder` holds on this computer: never anything that was altered, or signed by another.

    Where the county signs, its signed pack and nothing else lies over the reference; where it does not
    (yet), the folders do, and are named as unsigned. Without either, places and amounts are not known and
    lists print as drafts only.
    """
    if not device.pack_key:
        return _folders(folder)
    file, problems = folder / FILE, tuple[Problem, ...]()
    if not file.exists():
        unsigned = tuple(Problem(one.name, NOT_SIGNED) for one in _overlays(folder))
        return Found(packs.load(packs.reference()), unsigned)
    try:
        return Found(_signed(file.read_bytes(), device)[0])
    except OSError as fault:
        problems = (Problem(FILE, f"打不开县里的政策包：{fault.strerror}"),)
    except UserError as error:
        problems = error.problems
    log.error("the county's pack is left out")
    return Found(packs.load(packs.reference()), problems)


def version(desk: Desk) -> str:
    """The version of the signed pack in force, or ""."""
    return desk.pack.signed


def install_from(desk: Desk, file: Path) -> Desk:
    """`install` for a file on a stick. Raises UserError also when it cannot be read."""
    try:
        if file.stat().st_size > pack_file.PACKED_BYTES:
            raise UserError(pack_file.TOO_LARGE, field="file")
        raw = file.read_bytes()
    except OSError as fault:
        raise UserError(f"打不开这个文件：{fault.strerror}。换个口再插一次。", field="file") from fault
    return install(desk, raw)


def install(desk: Desk, raw: bytes) -> Desk:
    """Put the county's pack in force; the desk to work at from now on.

    Whatever happens on the way, the pack before stays in force: the new one is checked to its last fact
    first, and takes the other's place in one step. Raises UserError when it is unsigned, altered, another's,
    older or faulty, StorageFault when the disk refuses.
    """
    device = desk.store.meta.device()
    pack, manifest, signed = _signed(raw, device)
    _newer(desk, manifest, signed)
    assert desk.packs is not None, "a desk that is opened knows its folders"
    write_whole(desk.packs / FILE, raw)
    with desk.unit("install pack") as unit:
        desk.store.meta.set(IN_FORCE, {"version": manifest.version, "digest": signed})
        unit.audit("install pack", manifest.name, f"{manifest.version} {signed[:16]}")
    return replace(desk, pack=pack, pack_problems=())


def _newer(desk: Desk, manifest: Manifest, signed: str) -> None:
    known = desk.store.meta.get(IN_FORCE) or {}
    # After a restore the store may remember less than the file that stayed in its place.
    before = max(str(known.get("version", "")), desk.pack.signed, key=version_key)
    if manifest.order < version_key(before):
        words = f"这个政策包是旧的，第 {manifest.version} 版；已经用过第 {before} 版，没有换。"
        raise UserError(words, field="file")
    if manifest.order > version_key(before):
        return
    if known.get("version") == before and signed != known.get("digest"):
        words = f"也是第 {before} 版，内容却和正在用的不一样，没有换。请县里改大版本号再签一次。"
        raise UserError(words, field="file")
    if desk.pack.signed == manifest.version:
        raise UserError(f"第 {before} 版已经在用了，不用再装。", field="file")


def _signed(raw: bytes, device: DeviceIdentity) -> tuple[Pack, Manifest, str]:
    """The pack in a file this county signed, and the digest of what was signed. Raises UserError."""
    if not device.pack_key:
        raise UserError(NO_KEY, field="file")
    opened = pack_file.read(raw)
    manifest = opened.manifest
    if not pack_signature.holds(device.pack_key, opened.signed, opened.signature):
        raise UserError(NOT_OURS, field="file")
    if not (device.county.startswith(manifest.region) or manifest.region.startswith(device.county)):
        raise UserError(
            f"这是 {manifest.region} {manifest.title}的政策包，不是本县的，没有用。", field="file"
        )
    below = packs.shipped(manifest.over) if manifest.over else None
    if manifest.over and below is None:
        words = f"这个政策包盖在 {manifest.over} 上，这一版程序里没有。先装新版，再装政策包。"
        raise UserError(words, field="file")
    pack = packs.load(*([below] if below else []), *layers_in(opened.files))
    return replace(pack, signed=manifest.version), manifest, digest(opened.signed)


def _folders(folder: Path) -> Found:
    """The reference with every folder over it that is sound, and what is wrong with the others."""
    layers, overlays = [packs.reference()], _overlays(folder)
    with contextlib.suppress(UserError):
        return Found(_unsigned(packs.load(*layers, *overlays)))
    pack, problems = packs.load(*layers), list[Problem]()
    for overlay in overlays:
        try:
            pack = packs.load(*layers, overlay)
            layers.append(overlay)
        except UserError as error:
            log.error("a policy pack with %d mistakes is left out", len(error.problems))
            problems.extend(error.problems)
    return Found(_unsigned(pack), tuple(problems))


def _unsigned(pack: Pack) -> Pack:
    return replace(pack, unsigned=tuple(layer.title for layer in pack.layers[1:]))


def _overlays(folder: Path) -> tuple[Path, ...]:
    # Folders of layers lie over the reference in the order of their names.
    return tuple(sorted(path for path in folder.iterdir() if path.is_dir())) if folder.is_dir() else ()
