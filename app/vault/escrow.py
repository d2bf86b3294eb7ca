"""The county's way in, for a worker who has lost passphrase and sheet: one question and its answer.

The data key lies in a box for the county's public key. A locked computer asks: it makes a pair of keys for
this one question and names who asks and why. Only the officer who holds the county's private key can
move the data key from its box into one for that question, and the county writes down that she did.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.problem import UserError
from app.vault import boxes
from app.vault.slots import Keys, box_bound_to, empty, fill

KIND = "escrow"
NOT_A_QUESTION = "这个文件不是开锁请求，或者坏了一部分。重新拷一次。"
NOT_AN_ANSWER = "这个文件不是县里的回信，或者坏了一部分。请县里重新拷一次。"


@dataclass(frozen=True)
class EscrowSlot:
    """`county` is the 6-digit code whose key fills the boxes."""

    county: str
    public: bytes
    boxes: Mapping[int, bytes]


@dataclass(frozen=True)
class Question:
    """What a locked computer asks its county. Nothing in it opens anything without the county's key."""

    id: str
    store_id: str
    county: str
    worker: str
    name: str
    why: str
    asked_at: str
    answer_to: bytes
    boxes: Mapping[int, bytes]


@dataclass(frozen=True)
class Answer:
    """The data keys in boxes for one question, and which officer said yes."""

    question: str
    officer: str
    boxes: Mapping[int, bytes] = field(repr=False)


def close_slot(store_id: str, county: str, public: bytes, keys: Keys) -> EscrowSlot:
    """A slot for the county."""
    return EscrowSlot(county, public, fill(store_id, KIND, county, public, keys))


def answer(question: Question, private: bytes, officer: str) -> Answer:
    """Move the data keys into boxes for the question. Raises UserError when the key is not the one."""
    keys = empty(question.store_id, KIND, question.county, private, question.boxes)
    if keys is None:
        raise UserError("这份资料不是托管给这把县钥匙的，没有动。", field="key")
    filled = {
        generation: boxes.put(question.answer_to, key, _for(question.id, generation))
        for generation, key in keys.items()
    }
    return Answer(question.id, officer, filled)


def open_answer(found: Answer, question: str, private: bytes) -> dict[int, bytes]:
    """The data keys. Raises UserError when the answer is to another question."""
    keys = {}
    for generation, box in found.boxes.items():
        key = boxes.take(private, box, _for(question, generation)) if found.question == question else None
        if key is None:
            raise UserError("这封回信不是给这一次请求的。看看拷的是不是同一张单。", field="answer")
        keys[generation] = key
    return keys


def question_out(question: Question) -> bytes:
    """As it travels on a stick."""
    told = {**vars(question), "answer_to": _text(question.answer_to), "boxes": boxes_out(question.boxes)}
    return json.dumps({"shoufangtong": "escrow question 1", **told}, ensure_ascii=False, indent=1).encode()


def question_in(raw: bytes) -> Question:
    """Raises UserError when it is not one."""
    data = _read(raw, "escrow question 1", NOT_A_QUESTION)
    try:
        names = ("id", "store_id", "county", "worker", "name", "why", "asked_at")
        told = {name: str(data[name]) for name in names}
        return Question(**told, answer_to=_bytes(data["answer_to"]), boxes=boxes_in(data["boxes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(NOT_A_QUESTION, field="question") from error


def answer_out(found: Answer) -> bytes:
    """As it travels back."""
    told = {"question": found.question, "officer": found.officer, "boxes": boxes_out(found.boxes)}
    return json.dumps({"shoufangtong": "escrow answer 1", **told}, ensure_ascii=False, indent=1).encode()


def answer_in(raw: bytes) -> Answer:
    """Raises UserError when it is not one."""
    data = _read(raw, "escrow answer 1", NOT_AN_ANSWER)
    try:
        return Answer(str(data["question"]), str(data["officer"]), boxes_in(data["boxes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(NOT_AN_ANSWER, field="answer") from error


def boxes_out(filled: Mapping[int, bytes]) -> dict[str, str]:
    """Boxes as JSON."""
    return {str(generation): _text(box) for generation, box in filled.items()}


def boxes_in(data: Mapping[str, str]) -> dict[int, bytes]:
    """Boxes from JSON. ValueError for what cannot be one."""
    filled = {int(generation): _bytes(text) for generation, text in data.items()}
    if not filled or any(len(box) != boxes.BOX_BYTES for box in filled.values()):
        raise ValueError("not a box")
    return filled


def _for(question: str, generation: int) -> bytes:
    return box_bound_to("", "escrow answer", question, generation)


def _read(raw: bytes, kind: str, words: str) -> dict[str, Any]:
    try:
        data = json.loads(raw[:100_000])
    except (ValueError, RecursionError) as error:
        raise UserError(words, field="file") from error
    if not isinstance(data, dict) or data.get("shoufangtong") != kind:
        raise UserError(words, field="file")
    return data


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
