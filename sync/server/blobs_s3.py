"""Files of records in any S3-compatible store, for a county whose own disk is not the place for them.

Who may write there is told by the environment, as for every such client (AWS_ACCESS_KEY_ID and its fellows),
never on a command line, where other users of the computer could read it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.domain.problem import UserError
from sync.server.blobs_shelf import Away

SCHEME = "s3"
SECONDS = 5  # to connect, and of silence; a device waits and comes again
ATTEMPTS = 2
GONE = frozenset({"404", "NoSuchKey", "NotFound"})
PAST_ITS_END = "InvalidRange"


@dataclass(frozen=True)
class Bucket:
    """A shelf in a bucket: `<prefix><county>/<first two letters>/<hash>`. Plain values, for every worker."""

    name: str
    prefix: str = ""
    endpoint: str = ""  # "" for that of the region
    region: str = ""

    def put(self, county: str, sha256: str, file: Path) -> None:
        """Its SHA-256 is signed with the request: the store itself refuses what is not that content."""
        with _our_errors(), file.open("rb") as content:
            _client(self).put_object(Bucket=self.name, Key=self._key(county, sha256), Body=content)

    def has(self, county: str, sha256: str) -> bool:
        try:
            with _our_errors():
                _client(self).head_object(Bucket=self.name, Key=self._key(county, sha256))
        except FileNotFoundError:
            return False
        return True

    def read(self, county: str, sha256: str, start: int, size: int) -> bytes:
        if not size:
            return b""
        span = f"bytes={start}-{start + size - 1}"
        with _our_errors():
            try:
                told = _client(self).get_object(Bucket=self.name, Key=self._key(county, sha256), Range=span)
            except _errors().ClientError as error:
                if _code(error) == PAST_ITS_END:
                    return b""
                raise
            return bytes(told["Body"].read())

    def drop(self, county: str, sha256: str) -> None:
        with _our_errors():
            _client(self).delete_object(Bucket=self.name, Key=self._key(county, sha256))

    def reach(self) -> None:
        """Raises Away when the store cannot be reached, or does not let us in."""
        with _our_errors():
            _client(self).head_bucket(Bucket=self.name)

    def _key(self, county: str, sha256: str) -> str:
        return f"{self.prefix}{county}/{sha256[:2]}/{sha256}"


def is_address(place: str) -> bool:
    """Whether files are to lie in a bucket and not in a folder."""
    return place.startswith(f"{SCHEME}://")


def bucket_at(place: str, endpoint: str = "", region: str = "") -> Bucket:
    """The shelf at `s3://bucket/prefix`. Raises UserError when it is none, or the library is not there."""
    parts = urlsplit(place)
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise UserError(f"「{place}」不对，写成 s3://桶名/前缀。", field="blobs")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise UserError(f"「{endpoint}」不是网址，写成 https://主机:端口。", field="s3-endpoint")
    try:
        _errors()
    except ImportError:
        words = "没装 S3 的库：pip install 'shoufangtong[server,s3]'。"
        raise UserError(words, field="blobs") from None
    prefix = parts.path.strip("/")
    return Bucket(parts.hostname, f"{prefix}/" if prefix else "", endpoint, region)


_making = threading.Lock()  # the library makes clients one at a time


def _client(bucket: Bucket) -> Any:
    with _making:
        return _made(bucket)


@cache
def _made(bucket: Bucket) -> Any:
    import botocore.session
    from botocore.config import Config

    # Stores that are not Amazon's know neither its newer checksums nor names of buckets as hosts.
    config = Config(
        signature_version="s3v4",
        connect_timeout=SECONDS,
        read_timeout=SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if bucket.endpoint else "auto", "payload_signing_enabled": True},
    )
    return botocore.session.get_session().create_client(
        "s3", region_name=bucket.region or "us-east-1", endpoint_url=bucket.endpoint or None, config=config
    )


def _errors() -> Any:
    import botocore.exceptions

    return botocore.exceptions


@contextmanager
def _our_errors() -> Iterator[None]:
    """What the library raises, as `Away`; what is not there as FileNotFoundError."""
    errors = _errors()
    try:
        yield
    except errors.ClientError as error:
        if _code(error) in GONE:
            raise FileNotFoundError(_code(error)) from error
        raise Away(_code(error)) from error
    except (errors.BotoCoreError, errors.HTTPClientError) as error:
        raise Away(type(error).__name__) from error


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
