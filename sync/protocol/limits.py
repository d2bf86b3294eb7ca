"""Every bound on what one message may hold, so that neither side can be made to swallow the sea."""

from __future__ import annotations

PROTOCOL = 1  # the version both sides speak
PROTOCOL_HEADER = "Shoufangtong-Protocol"  # also how a client knows a county from a login page
MESSAGE_TYPE = "application/vnd.shoufangtong.sync"  # one packed JSON object, opaque to gateways
ENROL_PATH = "/v1/enrol"
SYNC_PATH = "/v1/sync"
PACK_PATH = "/v1/pack"
BUNDLE_PATH = "/v1/bundle"
HEALTH_PATH = "/v1/health"

BATCH_BYTES = 256 * 1024  # raw JSON of the changes in one request
BATCH_FLOOR_BYTES = 16 * 1024  # never halved below this, however bad the line
MESSAGE_BYTES = 8 * 1024 * 1024  # one message, after decompression
PACKED_BYTES = 2 * 1024 * 1024  # one message, as sent
REPLY_BYTES = 256 * 1024  # raw JSON of the rows in one reply; the last row may go over it
ROWS = 2000  # rows in one reply, unless the client asks for fewer: an echo is a few bytes
ROWS_FLOOR = 20
OPS = 2000  # changes in one request
FIELDS = 500  # fields in one change
DEPTH = 32  # nesting of lists and objects
NAME_LENGTH = 128  # ids, type and field names, in characters
VILLAGES = 500  # villages in one device's scope
BLOCKS = 100  # of 10 000 ticket numbers each, one for every computer of a village
