"""Every address of the county in OpenAPI 3.1: what a gateway, a monitor and a fuzzer are told."""

from __future__ import annotations

from typing import Any

from sync.protocol.blobs import BLOBS_PATH
from sync.protocol.errors import REFUSALS, Refusal
from sync.protocol.limits import (
    BUNDLE_PATH,
    ENROL_PATH,
    HEALTH_PATH,
    MESSAGE_TYPE,
    PACK_PATH,
    PACKED_BYTES,
    PROTOCOL,
    PROTOCOL_HEADER,
    SYNC_PATH,
)

LIVE_PATH = "/v1/live"
READY_PATH = "/v1/ready"
OPENAPI_PATH = "/v1/openapi.json"
METRICS_PATH = "/metrics"

MESSAGE = f"gzip of one JSON object, at most {PACKED_BYTES} bytes; its keys are in docs/sync.md"
REFUSED = {"$ref": "#/components/schemas/Refused"}
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SIGNED = {
    "Content-Digest": "RFC 9530, sha-256 of the body",
    "Signature-Input": "RFC 9421, label county, over method, path and content-digest",
    "Signature": "RFC 9421, Ed25519 by the device's key",
}

# path, what it is for, and the codes of the refusals it may give
MESSAGES = (
    (
        SYNC_PATH,
        "One exchange: changes up, receipts and records down. May be repeated at any time.",
        ("unknown_device", "device_revoked", "replica_spent", "fork", "epoch", "cursor_ahead"),
    ),
    (
        ENROL_PATH,
        "A one-time code against a new computer's keys.",
        ("code_unknown", "code_used", "code_expired"),
    ),
    (PACK_PATH, "The newest policy pack.", ("unknown_device", "device_revoked", "not_found")),
)
BUNDLE = (
    "A file off a USB stick, sealed by the computer that wrote it (its work, or a question to be enrolled),"
    " against the sealed answer.",
    ("unknown_device", "code_unknown", "no_shelf"),
)
KNOWN = ("unknown_device", "device_revoked")
FILES = ("no_shelf", "no_blob", "no_room", "offset", "blob_damaged")
ANY = ("malformed", "bad_signature", "too_large", "unsupported_version", "too_many_tries", "internal", "busy")


def description() -> dict[str, Any]:
    """The whole document, ready for JSON."""
    paths: dict[str, Any] = {path: {"post": _message(words, codes)} for path, words, codes in MESSAGES}
    paths[BUNDLE_PATH] = {"post": _message(*BUNDLE)}
    del paths[BUNDLE_PATH]["post"]["parameters"][1:]  # the file itself is signed
    paths[BLOBS_PATH] = {"post": _message("How far each of many files is.", (*KNOWN, "no_shelf"))}
    paths[BLOBS_PATH + "/{sha256}"] = _file()
    paths[HEALTH_PATH] = {"get": _look("Whether the database answers, and its schema.", ("busy", "internal"))}
    paths[LIVE_PATH] = {"get": _look("This process answers.", ("internal",))}
    paths[READY_PATH] = {"get": _look("Devices may be sent here; 503 when not.", ("internal",))}
    paths[READY_PATH]["get"]["responses"]["503"] = _json("Not ready.", _ok())
    paths[OPENAPI_PATH] = {"get": _look("This document.", ("internal",))}
    paths[OPENAPI_PATH]["get"]["responses"]["200"] = _json("OpenAPI.", {"type": "object"})
    paths[METRICS_PATH] = {"get": _look("Figures, text format 0.0.4.", ("not_found", "busy", "internal"))}
    paths[METRICS_PATH]["get"]["responses"]["200"] = {
        "description": "Prometheus text.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shoufangtong county", "version": str(PROTOCOL)},
        "paths": paths,
        "components": {
            "schemas": {
                "Refused": {
                    "type": "object",
                    "required": ["error", "words"],
                    "properties": {
                        "error": {"type": "string", "enum": sorted(REFUSALS)},
                        "words": {"type": "string"},
                    },
                }
            }
        },
    }


def _file() -> dict[str, Any]:
    """One file by the SHA-256 of its content: how far it is, a piece of it up, a range of it down."""
    words = {
        "head": "How far the file is.",
        "patch": "A piece up, from Upload-Offset on.",
        "post": "As PATCH, where a gateway lets none through.",
        "get": "A range of the file down.",
    }
    name = {"name": "sha256", "in": "path", "required": True, "schema": HASH}
    done = {"206" if method == "get" else "204": {"description": "As asked."} for method in ("get", "head")}
    refused = _refused((*ANY, *KNOWN, *FILES, "not_found"))
    return {
        **{method: {"summary": said, "responses": {**done, **refused}} for method, said in words.items()},
        "parameters": [name],
    }


def _message(words: str, codes: tuple[str, ...]) -> dict[str, Any]:
    content = {MESSAGE_TYPE: {"schema": {"type": "string", "format": "binary", "description": MESSAGE}}}
    version = {
        "name": PROTOCOL_HEADER,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "enum": [str(PROTOCOL)]},
    }
    signed = [
        {"name": name, "in": "header", "required": True, "description": what, "schema": {"type": "string"}}
        for name, what in SIGNED.items()
    ]
    return {
        "summary": words,
        "parameters": [version, *signed],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "The answer.", "content": content}, **_refused((*ANY, *codes))},
    }


def _look(words: str, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "summary": words,
        "responses": {"200": _json("As asked.", _ok()), **_refused((*codes, "too_many_tries"))},
    }


def _ok() -> dict[str, Any]:
    return {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}}


def _json(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _refused(codes: tuple[str, ...]) -> dict[str, Any]:
    by_status: dict[int, list[Refusal]] = {}
    for code in codes:
        by_status.setdefault(REFUSALS[code].status, []).append(REFUSALS[code])
    return {
        str(status): _json(", ".join(one.code for one in refusals), REFUSED)
        for status, refusals in sorted(by_status.items())
    }
