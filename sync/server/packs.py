"""The county's policy packs: its signing key, a pack signed at the desk, and the newest one given out.

The private key lies in a file under a passphrase of its own, never in the database: who has the server can
give out old packs at most, and no computer takes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import psycopg

from app import pack_file, packs
from app.domain.packs.policy import version_key
from app.domain.packs.signed_pack import laid_out, write_manifest
from app.domain.problem import UserError
from app.vault import pack_signature
from sync.server import key_files
from sync.server.county import lock as county_lock
from sync.server.postgres import Connection

MADE_BEFORE = "这个县已经有签名钥匙了。认得它的电脑不认新的，要重新登记才认。真要再做一把，加上 --again。"


def make_key(
    connection: Connection, county: str, file: Path, passphrase: str, at: datetime, *, again: bool = False
) -> bytes:
    """A new signing key; the private half goes to `file`, the public one, returned, to every computer.

    A computer that knows a key takes no other one but by enrolling anew, so a second needs `again`. Raises
    UserError for a short passphrase, a file that is there already, or an unknown county.
    """
    if key_of(connection, county) and not again:
        raise UserError(MADE_BEFORE, field="county")
    private = pack_signature.new_key()
    public = pack_signature.public_of(private)
    try:
        with connection.transaction():
            connection.execute("INSERT INTO pack_key VALUES (%s, %s, %s)", (county, public, at))
            key_files.write_signing(file, private, passphrase)  # nobody must trust a key nobody holds
    except psycopg.errors.ForeignKeyViolation as error:
        raise UserError(f"还没有建 {county} 这个县。先运行 init。", field="county") from error
    return public


def key_of(connection: Connection, county: str) -> bytes:
    """The public key computers check packs with: the newest, or b"" where the county has none."""
    row = connection.execute(
        "SELECT public FROM pack_key WHERE county = %s ORDER BY made_at DESC LIMIT 1", (county,)
    ).fetchone()
    return bytes(row["public"]) if row else b""


def sign(folders: Sequence[Path], private: bytes, at: datetime) -> bytes:
    """The signed file of the county's folder, first of `folders`, with what it lies over and its towns'.

    What came with the program is named, not copied. Raises UserError listing everything to mend.
    """
    if found := packs.check(*folders):
        raise UserError("政策包有毛病，没有签。", field="pack", problems=found)
    layers = packs.chain(*folders)
    known = packs.load(*layers).layers
    main = next(one for one in known if one.name == packs.folder(folders[0]).name)
    if not main.region:
        raise UserError("pack.toml 里要写 region：本县的代码。", field="region")
    over = layers[0].name if layers[0].shipped else ""
    files = laid_out(one for one in layers if not one.shipped)
    manifest = write_manifest(main, over, files, at)
    return pack_file.write(manifest, pack_signature.sign(private, manifest), files)


def publish(connection: Connection, county: str, raw: bytes, at: datetime) -> str:
    """Give a signed pack out to every computer of the county at its next sync; its version.

    Raises UserError when it is not signed by the county's key, or no newer than the one given out.
    """
    opened = pack_file.read(raw)
    manifest = opened.manifest
    if not pack_signature.holds(key_of(connection, county) or bytes(32), opened.signed, opened.signature):
        raise UserError("这个政策包不是用本县的签名钥匙签的，没有发。", field="file")
    if not (county.startswith(manifest.region) or manifest.region.startswith(county)):
        raise UserError(f"这是 {manifest.region} 的政策包，不是 {county} 的，没有发。", field="file")
    with connection.transaction():
        county_lock(connection, county)
        before = newest(connection, county)
        if manifest.order <= version_key(before):
            raise UserError(f"第 {before} 版已经发了，这次的 {manifest.version} 要比它大。", field="file")
        connection.execute(
            "INSERT INTO pack SELECT %s, coalesce(max(no), 0) + 1, %s, %s, %s FROM pack WHERE county = %s",
            (county, manifest.version, raw, at, county),
        )
    return manifest.version


def newest(connection: Connection, county: str) -> str:
    """The version of the pack given out last, or ""."""
    row = connection.execute(
        "SELECT version FROM pack WHERE county = %s ORDER BY no DESC LIMIT 1", (county,)
    ).fetchone()
    return str(row["version"]) if row else ""


def file_of(connection: Connection, county: str) -> bytes:
    """The pack given out last, as a file, or b""."""
    row = connection.execute(
        "SELECT file FROM pack WHERE county = %s ORDER BY no DESC LIMIT 1", (county,)
    ).fetchone()
    return bytes(row["file"]) if row else b""
