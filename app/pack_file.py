"""A policy pack as one file to carry or send: a small zip of its TOML files, a manifest and a signature.

Nothing in it is ever written to a folder; a name that would lead out of one is refused all the same. What
is too large, too many, doubled or unknown is refused before it is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.packs.signed_pack import (
    BROKEN,
    FILE_BYTES,
    MOST_FILES,
    NAME,
    WHOLE_BYTES,
    Manifest,
    check_files,
    read_manifest,
)
from app.domain.problem import UserError

SUFFIX = ".sftpack"
MANIFEST, SIGNATURE = "manifest.json", "signature"
SIGNATURE_BYTES = 64
PACKED_BYTES = 1_000_000  # what the county sends in one answer, with room for its envelope
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files always make the same archive
TOO_LARGE = "这个政策包太大，没有打开。请县里看看里面是不是夹了别的东西。正在用的还在。"


@dataclass(frozen=True)
class PackFile:
    """What a file holds. That its files are the ones of the manifest is sure; who signed is not yet."""

    manifest: Manifest
    signed: bytes = field(repr=False)  # the manifest's own bytes
    signature: bytes = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)


def write(signed: bytes, signature: bytes, files: Mapping[str, bytes]) -> bytes:
    """The archive. Raises UserError when it would be refused on reading."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in {MANIFEST: signed, SIGNATURE: signature, **dict(sorted(files.items()))}.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), raw, zipfile.ZIP_DEFLATED)
    read(made.getvalue())
    return made.getvalue()


def read(raw: bytes) -> PackFile:
    """What is in the archive, whole and unaltered since it was signed. Raises UserError."""
    if len(raw) > PACKED_BYTES:
        raise UserError(TOO_LARGE, field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {one.filename: _content(archive, one) for one in _entries(archive)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise UserError(BROKEN, field="file") from error
    signed, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, b"")
    if len(signature) != SIGNATURE_BYTES:
        raise UserError("这个政策包没有签名，没有用。正在用的还在。请县里签了名再发。", field="file")
    manifest = read_manifest(signed)
    check_files(manifest, files)
    return PackFile(manifest, signed, signature, files)


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    names = {one.filename for one in entries}
    if len(entries) > MOST_FILES + 2 or sum(one.file_size for one in entries) > WHOLE_BYTES:
        raise UserError(TOO_LARGE, field="file")
    known = all(name in (MANIFEST, SIGNATURE) or NAME.fullmatch(name) for name in names)
    if not known or len(names) != len(entries):
        raise UserError(BROKEN, field="file")
    return entries


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
        raise UserError(BROKEN, field="file")
    with archive.open(entry) as file:
        content = file.read(FILE_BYTES + 1)  # never believed: an entry may hold more than it says
    if len(content) > FILE_BYTES:
        raise UserError(TOO_LARGE, field="file")
    return content
