"""A county's private key as a file for the safe: PEM under a passphrase, made once, never written over."""

from __future__ import annotations

import getpass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from app.domain.problem import UserError
from app.files import write_whole

SHORTEST_PASSPHRASE = 12


def ask_new(question: str) -> str:
    """A passphrase typed twice, unseen. Raises UserError when the two are not the same."""
    words = getpass.getpass(question)
    if getpass.getpass("再打一遍：") != words:
        raise UserError("两遍不一样，没有做。", field="passphrase")
    return words


def write_escrow(file: Path, private: bytes, passphrase: str) -> None:
    """The key that opens boxes (X25519). Raises UserError; see `_write`."""
    _write(file, X25519PrivateKey.from_private_bytes(private), passphrase)


def write_signing(file: Path, private: bytes, passphrase: str) -> None:
    """The key that signs packs (Ed25519). Raises UserError; see `_write`."""
    _write(file, Ed25519PrivateKey.from_private_bytes(private), passphrase)


def read_escrow(file: Path, passphrase: str) -> bytes:
    """The 32 bytes that open boxes. Raises UserError when it is none or the passphrase is wrong."""
    found = _read(file, passphrase)
    if not isinstance(found, X25519PrivateKey):
        raise UserError("这个文件不是县钥匙。", field="key")
    return found.private_bytes_raw()


def read_signing(file: Path, passphrase: str) -> bytes:
    """The 32 bytes that sign. Raises UserError when it is none or the passphrase is wrong."""
    found = _read(file, passphrase)
    if not isinstance(found, Ed25519PrivateKey):
        raise UserError("这个文件不是签政策包的钥匙。", field="key")
    return found.private_bytes_raw()


def _write(file: Path, private: X25519PrivateKey | Ed25519PrivateKey, passphrase: str) -> None:
    """Raises UserError for a short passphrase or a file that is there already."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(f"县钥匙的口令至少 {SHORTEST_PASSPHRASE} 个字。", field="passphrase")
    if file.exists():
        raise UserError(f"{file} 已经有了，没有动它。换一个文件名。", field="out")
    lock = BestAvailableEncryption(passphrase.encode())
    write_whole(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))


def _read(file: Path, passphrase: str) -> object:
    try:
        return load_pem_private_key(file.read_bytes(), passphrase.encode())
    except OSError as error:
        raise UserError(f"读不到县钥匙：{file}。插好 U 盘再试。", field="key") from error
    except (ValueError, TypeError) as error:
        raise UserError("县钥匙的口令不对，或者文件坏了。", field="key") from error
