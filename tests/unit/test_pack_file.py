"""A pack file is taken whole and unaltered or not at all, whatever somebody puts into the archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random

import pytest

from app import pack_file
from app.domain.packs.policy import Layer
from app.domain.packs.signed_pack import LayerFiles, laid_out, layers_in, write_manifest
from app.domain.problem import UserError
from app.vault import pack_signature

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
MAIN = Layer("yunling", "3", "云岭区", "439901")
FILES = laid_out(
    [
        LayerFiles("yunling", {"pack.toml": b'name = "yunling"', "items/CS.toml": "名 = 1".encode()}),
        LayerFiles("fengxiang", {"pack.toml": b'name = "fengxiang"'}),
    ]
)
MANIFEST = write_manifest(MAIN, "hunan", FILES, AT)
Entries = list[tuple[str, bytes]]


def archive(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as out:
        for name, raw in entries:
            out.writestr(zipfile.ZipInfo(name), raw, method)
    return made.getvalue()


def whole(manifest: bytes = MANIFEST, files: Mapping[str, bytes] = FILES) -> Entries:
    signature = pack_signature.sign(KEY, manifest)
    return [("manifest.json", manifest), ("signature", signature), *files.items()]


def test_what_is_written_is_read_back_in_its_order() -> None:
    raw = pack_file.write(MANIFEST, pack_signature.sign(KEY, MANIFEST), FILES)
    found = pack_file.read(raw)
    assert (found.manifest.version, found.manifest.region, found.manifest.over) == ("3", "439901", "hunan")
    assert pack_signature.holds(pack_signature.public_of(KEY), found.signed, found.signature)
    assert [layer.name for layer in layers_in(found.files)] == ["yunling", "fengxiang"]
    assert layers_in(found.files)[0].files["items/CS.toml"].decode() == "名 = 1"
    assert pack_file.write(MANIFEST, found.signature, FILES) == raw


def test_a_signature_for_something_else_is_none_for_a_pack() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    plain = Ed25519PrivateKey.from_private_bytes(KEY).sign(MANIFEST)
    assert not pack_signature.holds(pack_signature.public_of(KEY), MANIFEST, plain)
    assert not pack_signature.holds(b"short", MANIFEST, plain)


def _bomb() -> bytes:
    return archive([*whole(), ("1-yunling/bomb.toml", bytes(7_000_000))])


def _lying_bomb() -> bytes:
    # The directory says one byte; the stream goes on for megabytes.
    raw = archive([("1-yunling/bomb.toml", bytes(3_000_000))])
    return raw.replace((3_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))


def _doubled() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return archive([*whole(), ("1-yunling/pack.toml", b'name = "other"')])


def _encrypted() -> bytes:
    raw = bytearray(archive(whole()))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no archive": lambda: b"[office]" * 50,
    "a bomb": _bomb,
    "a bomb that lies": _lying_bomb,
    "a large file": lambda: bytes(pack_file.PACKED_BYTES + 1),
    "too many": lambda: archive([*whole(), *((f"1-yunling/f{n}.toml", b"") for n in range(500))]),
    "a path out": lambda: archive([*whole(), ("1-yunling/../../settings.json", b"")]),
    "an absolute path": lambda: archive([*whole(), ("/etc/passwd.toml", b"")]),
    "a Windows path": lambda: archive([*whole(), ("1-yunling\\..\\x.toml", b"")]),
    "doubled": _doubled,
    "encrypted": _encrypted,
    "another method": lambda: archive(whole(), zipfile.ZIP_LZMA),
    "an unsigned file more": lambda: archive([*whole(), ("1-yunling/offices.toml", b"")]),
    "a signed file less": lambda: archive(whole()[:-1]),
    "an altered file": lambda: archive(whole(files={**FILES, "1-yunling/pack.toml": b"name = 1"})),
    "no manifest": lambda: archive(whole()[1:]),
    "a manifest of another form": lambda: archive(whole(MANIFEST.replace(b"pack 1", b"pack 9"))),
    "a version without order": lambda: archive(whole(MANIFEST.replace(b'"3"', b'"x"'))),
    "deep nesting": lambda: archive(whole(b"[" * 100_000)),
}


@pytest.mark.parametrize("spoil", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_in_words(spoil: Callable[[], bytes]) -> None:
    with pytest.raises(UserError, match=r"没有动|还在"):
        pack_file.read(spoil())


def test_an_archive_without_a_signature_says_so() -> None:
    with pytest.raises(UserError, match="没有签名"):
        pack_file.read(archive([one for one in whole() if one[0] != "signature"]))


def test_no_flipped_bit_gives_another_pack() -> None:
    raw, random, public = archive(whole()), Random(7), pack_signature.public_of(KEY)
    before = pack_file.read(raw)
    for _ in range(400):
        spoilt = bytearray(raw)
        spoilt[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        try:
            found = pack_file.read(bytes(spoilt))
        except UserError:
            continue
        assert found == before or not pack_signature.holds(public, found.signed, found.signature)
