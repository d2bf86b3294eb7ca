"""A worker who lost passphrase and sheet asks her county, on a stick or by mail, and opens by its answer."""

from __future__ import annotations

import base64
import json
from datetime import datetime

from app.actions.entry.gate import Gate, Opened
from app.actions.entry.unlocking import fitting
from app.domain.ids import new_id
from app.domain.problem import UserError
from app.files import write_whole
from app.paths import Paths
from app.vault import boxes, escrow, keyfile
from app.vault.escrow import Question

NO_BOX = "这份资料没有托管给县里，县里也开不了。用恢复码，或者从备份恢复。"
NOT_ASKED = "这台电脑上没有等着回信的请求。先做一张请求，交给县里。"


def can_ask(gate: Gate) -> bool:
    """Whether the county has a box in this computer's key file. Raises StorageFault on a damaged one."""
    return keyfile.read(gate.paths.keys).escrow is not None


def ask(gate: Gate, worker: str, why: str, at: datetime) -> bytes:
    """A request to carry to the county, as bytes of a file. The one before it cannot be answered any more.

    Raises UserError without a reason, for an unknown worker, or when the county has no box here.
    """
    if not why.strip():
        raise UserError("写一句为什么要县里开，县里要核实。", field="why")
    keys = keyfile.read(gate.paths.keys)
    slot = keys.slot_of(worker)
    if keys.escrow is None or slot is None:
        raise UserError(NO_BOX)
    private, public = boxes.new_pair()
    question = Question(
        id=new_id(at),
        store_id=keys.store_id,
        county=keys.escrow.county,
        worker=slot.worker,
        name=slot.name,
        why=why.strip(),
        asked_at=at.isoformat(timespec="minutes"),
        answer_to=public,
        boxes=keys.escrow.boxes,
    )
    pending = {"question": question.id, "worker": worker, "private": base64.b64encode(private).decode()}
    write_whole(gate.paths.asking, json.dumps(pending).encode())
    return escrow.question_out(question)


def asked(paths: Paths) -> str:
    """The worker whose request waits for an answer, or ""."""
    try:
        return str(json.loads(paths.asking.read_bytes())["worker"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def open_with(gate: Gate, raw: bytes) -> Opened:
    """The key by the county's answer; the request is then done with.

    Raises UserError when it is no answer, or one to another request.
    """
    found = escrow.answer_in(raw)
    try:
        pending = json.loads(gate.paths.asking.read_bytes())
        private = base64.b64decode(pending["private"], validate=True)
        question, worker = str(pending["question"]), str(pending["worker"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(NOT_ASKED) from error
    data_keys = escrow.open_answer(found, question, private)
    keys = keyfile.read(gate.paths.keys)
    slot = keys.slot_of(worker)
    if slot is None:
        raise UserError(NOT_ASKED)
    opened = fitting(gate, keys, data_keys, slot.holder, f"county {found.officer}")
    gate.paths.asking.unlink(missing_ok=True)
    return opened
