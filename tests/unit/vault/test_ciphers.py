"""The ciphers give what the standards print, so that another program could open what we closed."""

from __future__ import annotations

from app.vault.derive import FLOOR_SM3_PASSES, PBKDF2_SM3, Cost, check_cost, derive
from app.vault.sealing import AES_256_GCM, CIPHERS, SM4_GCM, seal, unseal

# RFC 8998, appendix A.1: SM4-GCM.
SM4_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
SM4_NONCE = bytes.fromhex("00001234567800000000abcd")
SM4_BOUND = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
SM4_PLAIN = bytes.fromhex(
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
    "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
)
SM4_SEALED = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec"
)
# NIST SP 800-38D, test case 14: AES-256-GCM of one block of zeros.
GCM_SEALED = bytes.fromhex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")


def test_sm4_gcm_is_that_of_rfc_8998() -> None:
    close, open_ = CIPHERS[SM4_GCM]
    assert close(SM4_KEY + bytes(16), SM4_NONCE, SM4_PLAIN, SM4_BOUND) == SM4_SEALED
    assert open_(SM4_KEY + bytes(16), SM4_NONCE, SM4_SEALED, SM4_BOUND) == SM4_PLAIN


def test_aes_256_gcm_is_that_of_nist() -> None:
    assert CIPHERS[AES_256_GCM][0](bytes(32), bytes(12), bytes(16), b"") == GCM_SEALED


def test_every_cipher_notices_any_change() -> None:
    for name in CIPHERS:
        nonce, wrapped = seal(b"k" * 32, b"data", b"for this", name)
        assert unseal(b"k" * 32, nonce, wrapped, b"for this", name) == b"data"
        assert unseal(b"k" * 32, nonce, wrapped, b"for that", name) is None
        assert unseal(b"j" * 32, nonce, wrapped, b"for this", name) is None
        for place in range(len(wrapped)):
            changed = bytearray(wrapped)
            changed[place] ^= 1
            assert unseal(b"k" * 32, nonce, bytes(changed), b"for this", name) is None
        assert unseal(b"k" * 32, nonce, wrapped[:10], b"for this", name) is None


def test_sm3_derivation_depends_on_everything_it_is_given() -> None:
    cost = check_cost(Cost(FLOOR_SM3_PASSES, 0, 1), PBKDF2_SM3)
    made = derive("one", b"s" * 16, cost, PBKDF2_SM3)
    assert len(made) == 32
    assert made == derive("one", b"s" * 16, cost, PBKDF2_SM3)
    assert made != derive("two", b"s" * 16, cost, PBKDF2_SM3)
    assert made != derive("one", b"t" * 16, cost, PBKDF2_SM3)
