"""The county's refusals: each has a code for the log, a status for HTTP and words for the worker.

A refusal concerns the whole request (who sends it, how it is written). What a worker typed is never
refused: a change always gets one of the four outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.problem import ProtocolError
from app.domain.record import Json


@dataclass(frozen=True)
class Refusal:
    """`status` is the HTTP status the code travels with."""

    code: str
    status: int
    words: str


MALFORMED = Refusal("malformed", 400, "传送的格式不对，资料没有动。请把这一句报给县里。")
TOO_LARGE = Refusal("too_large", 413, "一次传得太多，资料没有动。再传一次，会分小份传。")
UNSUPPORTED = Refusal("unsupported_version", 426, "县里要求的版本比这台电脑的新。先装新版，资料没有动。")
BAD_SIGNATURE = Refusal("bad_signature", 401, "县里认不出这台电脑的签名，资料没有动。请报给县里。")
UNKNOWN_DEVICE = Refusal("unknown_device", 401, "县里没有登记过这台电脑。资料都在，请找县里要登记码。")
REVOKED = Refusal("device_revoked", 403, "这台电脑被停用了。没上传的都还在，请找县里。")
REPLICA_SPENT = Refusal(
    "replica_spent",
    409,
    "这份资料在别处又开了一份，县里只认那一份，这台先停传。没上传的都还在：用那一台接着干；"
    "要接着用这台，就在这台从备份恢复一次，拿不准找县里。",
)
FORK = Refusal("fork", 409, "这份资料在别处也传过。没上传的都还在，过一会儿再传一次；还是这样就报给县里。")
CODE_UNKNOWN = Refusal("code_unknown", 403, "登记码不对。照着纸条再输一遍，不分大小写。")
CODE_USED = Refusal("code_used", 409, "这个登记码已经用过了。一个码只登记一台电脑，请找县里再要一个。")
CODE_EXPIRED = Refusal("code_expired", 410, "登记码过期了，请找县里再要一个。")
TOO_MANY_TRIES = Refusal("too_many_tries", 429, "试的次数太多了。过 10 分钟再试。")
EPOCH = Refusal("epoch", 409, "县里的资料恢复过，正在重新核对。没上传的都还在，过一会儿再传一次。")
CURSOR_AHEAD = Refusal("cursor_ahead", 409, "县里的资料比这台电脑的旧，先停传。资料都在，请报给县里。")
READ_ONLY = Refusal("read_only", 503, "县里正在核对资料，先不收新的。没上传的都还在，核对完自己再传。")
NOT_FOUND = Refusal("not_found", 404, "这个地址不是县里的上传地址。检查设置里的地址。")
OFFSET = Refusal("offset", 409, "照片接不上茬，从县里说的地方接着传。")
NO_BLOB = Refusal("no_blob", 404, "这张照片还没传到县里。拍它的那台电脑连上网就会传。")
BLOB_DAMAGED = Refusal("blob_damaged", 422, "照片在路上坏了，重新传一遍。这台电脑里的好好的。")
NO_SHELF = Refusal("no_shelf", 501, "县里还没有放照片的地方。照片都在这台电脑里，请报给县里。")
NO_ROOM = Refusal("no_room", 507, "县里放照片的地方满了。照片都在这台电脑里，请报给县里。")
BUSY = Refusal("busy", 503, "县里的机器忙，不怪您。过 10 分钟自己再传。")
INTERNAL = Refusal("internal", 500, "县里的机器出了毛病，不怪您。过 10 分钟自己再传。")

REFUSALS = {
    refusal.code: refusal
    for refusal in (
        MALFORMED,
        TOO_LARGE,
        UNSUPPORTED,
        BAD_SIGNATURE,
        UNKNOWN_DEVICE,
        REVOKED,
        REPLICA_SPENT,
        FORK,
        CODE_UNKNOWN,
        CODE_USED,
        CODE_EXPIRED,
        TOO_MANY_TRIES,
        EPOCH,
        CURSOR_AHEAD,
        READ_ONLY,
        NOT_FOUND,
        OFFSET,
        NO_BLOB,
        BLOB_DAMAGED,
        NO_SHELF,
        NO_ROOM,
        BUSY,
        INTERNAL,
    )
}


class Refused(ProtocolError):
    """The other side refused a whole request. `words` are for the worker, `detail` for the log."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(f"{refusal.code}: {detail}" if detail else refusal.code)
        self.refusal = refusal
        self.words = refusal.words
        self.detail = detail

    @property
    def told(self) -> Mapping[str, Json]:
        """What travels beside the code and the words, for releases that know it."""
        return {}


class Malformed(Refused):
    """Bytes that are not a message of this protocol."""

    def __init__(self, detail: str) -> None:
        super().__init__(MALFORMED, detail)


class Astray(Malformed):
    """An answer that names another request than the one it was taken for."""


class TooLarge(Refused):
    """A message beyond the bounds of `sync.protocol.limits`."""

    def __init__(self, detail: str) -> None:
        super().__init__(TOO_LARGE, detail)
