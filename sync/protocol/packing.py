"""How the text of a message becomes fewer bytes: zstd with a dictionary both sides hold, or gzip.

A frame says by its first bytes which it is, so whoever reads needs to be told nothing. Whoever writes uses
what the other side has shown it can read; gzip is read by every release, and by Python without zstd.
"""

from __future__ import annotations

import pkgutil
import zlib
from functools import cache
from typing import TYPE_CHECKING

from sync.protocol.errors import Malformed, TooLarge
from sync.protocol.ids_apart import put_back, set_apart
from sync.protocol.limits import MESSAGE_BYTES, PACKED_BYTES

if TYPE_CHECKING:
    from backports.zstd import ZstdDict

try:
    from backports import zstd
except ImportError:  # a processor for which nobody builds it: such a computer speaks gzip
    zstd = None  # type: ignore[assignment]  # asked for with `is None` before every use

GZIP = 0
DICTIONARY_1 = 1  # the number is also the dictionary's id in the frame
DICTIONARIES = {DICTIONARY_1: "dictionary-1.zdict"}
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
LEVEL = 12
# A message of more text than this is worth more of the processor: 6 to 12 % fewer bytes for twice the time.
LARGE_BYTES, LARGE_LEVEL = 64 * 1024, 15
_WINDOW_BITS = 23  # 8 MiB, as much as a whole message: a frame may not ask for more memory
_GZIP_BITS = 31  # zlib's window bits for the gzip container


def best() -> int:
    """The best packing this computer writes and reads; 0 is gzip."""
    return GZIP if zstd is None else max(DICTIONARIES)


def pack(text: bytes, packing: int = GZIP) -> bytes:
    """`text` packed as `packing` says. Raises TooLarge for more than one message may hold."""
    if len(text) > MESSAGE_BYTES:
        raise TooLarge(f"{len(text)} bytes to send")
    if packing == GZIP or zstd is None:
        packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP_BITS)
        return packer.compress(text) + packer.flush()
    text, table = set_apart(text)
    large, known = len(text) > LARGE_BYTES, _dictionary(packing)
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: LARGE_LEVEL if large else LEVEL,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    # Digested once for all messages: to do it for each took 2 ms, a hundred times what packing itself takes.
    # A digested one brings its own, smaller tables along, which long texts are the worse for.
    given = known.as_undigested_dict if large else known.as_digested_dict
    return zstd.compress(text, options=options, zstd_dict=given) + table


def unpack(packed: bytes, most: int = MESSAGE_BYTES) -> tuple[bytes, int]:
    """The text in `packed`, and how it was packed. Raises Malformed, or TooLarge for a text beyond `most`
    bytes, and takes no more memory than the bounds allow, whatever the bytes claim."""
    if len(packed) > PACKED_BYTES:
        raise TooLarge(f"{len(packed)} packed bytes")
    if packed[:4] == ZSTD_MAGIC and zstd is not None:
        return _unzstd(packed, most)
    unpacker = zlib.decompressobj(_GZIP_BITS)
    try:
        text = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        raise Malformed("not gzip") from error
    if len(text) > most:
        raise TooLarge("too large once unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Malformed("gzip cut short or followed by something")
    return text, GZIP


def _unzstd(packed: bytes, most: int) -> tuple[bytes, int]:
    try:
        packing = zstd.get_frame_info(packed).dictionary_id
        if packing not in DICTIONARIES:
            raise Malformed(f"dictionary {packing} is not known here")
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW_BITS}
        unpacker = zstd.ZstdDecompressor(zstd_dict=_dictionary(packing), options=options)
        text = unpacker.decompress(packed, most + 1)
    except zstd.ZstdError as error:
        raise Malformed("not zstd") from error
    if len(text) > most:
        raise TooLarge("too large once unpacked")
    if not unpacker.eof:
        raise Malformed("zstd cut short")
    return put_back(text, unpacker.unused_data, most), packing


@cache
def _dictionary(packing: int) -> ZstdDict:
    content = pkgutil.get_data(__package__, DICTIONARIES[packing])
    assert content is not None, "the dictionary lies beside this file"
    return zstd.ZstdDict(content)
