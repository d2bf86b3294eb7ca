"""The bugs, each a small change of one file: what stands there, and what a tired hand might write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`tests` notice it where the histories of the model have nothing to do with it."""

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...] = ()


MERGE, LEDGER, TAKING = "sync/protocol/merge.py", "app/store/ledger.py", "app/store/taking.py"
HANDLERS, JUDGING, RECORDS = "sync/server/handlers.py", "sync/server/judging.py", "sync/server/records.py"
CLIENT, ANSWERS, LIVES = "sync/client/syncer.py", "sync/client/answers.py", "sync/server/lives.py"
CASES, CONFLICTS, OPLOG = "sync/protocol/cases.py", "sync/server/conflicts.py", "sync/server/oplog.py"

MUTANTS = (
    # Those of the first design of this protocol.
    Mutant("last write wins", MERGE,
           "        if not alike(current, old):", "        if False:"),
    Mutant("a repeat is applied again", HANDLERS,
           "    seen = set(known.receipts)\n", "    seen = set()\n"),
    Mutant("no new life after a restore", LIVES,
           "    if message.epoch != standing.epoch:", "    if False:"),
    Mutant("nobody hears that a record left", RECORDS,
           " true FROM moved_out WHERE county", " true FROM moved_out WHERE false AND county"),
    Mutant("the cursor jumps over a cut page", RECORDS,
           "        after[village] = cursor if more else high", "        after[village] = high"),
    Mutant("a change is dropped once acknowledged", TAKING,
           '            "UPDATE outbox SET seq = ?, outcome = ?, reason = ? WHERE change = ?",',
           '            "DELETE FROM outbox WHERE ? > 0 AND ? <> \'\' AND ? >= \'\' AND change = ?",'),
    Mutant("receipts outlive the life that gave them", "app/store/lives.py",
           'db.execute("UPDATE outbox SET seq = NULL, outcome = NULL, reason = \'\' WHERE seq > ?"',
           'db.execute("UPDATE outbox SET seq = NULL, outcome = NULL WHERE 1 = 0 AND seq > ?"'),
    Mutant("what is out of scope is dropped", OPLOG,
           "device, [e for e in entries if e.outcome is Outcome.QUARANTINED], at)",
           "device, [e for e in entries if e.reason == 'unknown_record'], at)"),
    Mutant("what changes nothing has no number", JUDGING,
           "    return replace(row, rev=seq, held=after,",
           "    return replace(row, rev=seq if result.written else row.rev, held=after,"),
    Mutant("an echo is believed unread", TAKING,
           "            if mark.of_body(made) != row.echo:", "            if False:"),
    Mutant("an edit of a deleted record is ignored", MERGE,
           "        return _untouched(held, Outcome.CONFLICT, _set_aside(change, Kind.DELETED, None))\n",
           "        return _untouched(held, Outcome.APPLIED)\n"),
    Mutant("a new life counts on from the old number", LIVES,
           "(first_number(life.no), place)", "(0, place)",
           ("tests/sync/test_lives.py::test_numbers_of_a_new_life_are_never_those_of_an_old_one",)),
    Mutant("the chain of the log is not looked at", "sync/server/chain.py",
           "(due.head, due.ops) != (head, ops)", "due.ops != ops",
           ("tests/sync/test_chain.py",)),
    Mutant("a stale answer is believed", "sync/protocol/codec.py",
           "    if to and asked and to != mark_of(asked):", "    if False:"),
    Mutant("her work leaves her sight when a page comes", TAKING,
           "        mine = unsent(self._db, row.record, row.revision)\n", "        mine = []\n"),
    Mutant("a deletion takes what it has not seen", MERGE,
           "    if unseen:\n", "    if False:\n"),
    Mutant("an edit makes a record of its own", MERGE,
           "        if change.verb is not Verb.NEW:", "        if False:"),
    Mutant("half a batch is committed", "sync/server/batch.py",
           "    oplog.settle(batch.connection, batch.settled)\n",
           '    batch.connection.execute("COMMIT; BEGIN")\n'),
    # Ours.
    Mutant("an answer is taken by halves", LEDGER,
           "        with faults(), self._db.atomic():\n            self._digests.begin()",
           "        with faults():\n            self._digests.begin()"),
    Mutant("what has ended is written over", MERGE,
           "        if not fresh and locked(", "        if False and locked("),
    Mutant("a ticket is moved from where it is not", MERGE,
           "    if guards and not _in_place(held, change, guards):", "    if False:"),
    Mutant("a set forgets what the other put in", MERGE,
           "    return kept + [item for key, item in wanted.items() if key in added_wanted - here.keys()]",
           "    return kept"),
    Mutant("what lies beside is not kept", OPLOG,
           "    _conflicts(connection, device, [e for e in entries if e.beside], at)\n", ""),
    Mutant("receipts come in another order", HANDLERS,
           "    given = tuple(receipts[op.id, oplog.hash_of(op)] for op in ops)",
           "    given = tuple(receipts[op.id, oplog.hash_of(op)] for op in reversed(ops))"),
    Mutant("the cursor passes an echo that did not fit", LEDGER,
           "row.revision - 1)\n", "row.revision)\n"),
    Mutant("a taken village stays", "app/store/scopes.py",
           "    if not meta.get(STRAYS):", "    if True:"),
    Mutant("a page from before is laid over a newer one", TAKING,
           "        if held and held[0] >= row.revision and row.record not in self._unread:",
           "        if False:"),
    Mutant("what was set aside stays in sight as if it held", TAKING,
           "        return None if kept else str(record)\n", "        return None\n"),
    Mutant("a colleague's copy is written over what came since", "sync/server/witness.py",
           "written.get(name, 0) <= kept or had", "True or had"),
    Mutant("a change in a copy is judged once more", HANDLERS,
           "    work.contained = witness.contained(connection, device.county, fresh, message.former)\n", ""),
    Mutant("another village's record may be written", JUDGING,
           "    if op.bucket not in batch.scope or", "    if"),
    Mutant("an early edit is never let in", JUDGING,
           "    if row is None:\n        _let_in(batch, op.record, after.bucket)\n", ""),
    Mutant("a decision is not carried out", CONFLICTS,
           "    if decision.effect is not None and not stale:", "    if False:"),
    Mutant("a case is decided twice", CASES,
           '    if case.get("state") != State.OPEN:', "    if False:"),
    Mutant("a decision is taken over what nobody saw", CASES,
           '    if not same(fields["theirs"][0], case.get("theirs")) or choice', "    if choice"),
    Mutant("a decision is written over what has ended", CONFLICTS,
           "    stale = decision.stale or _barred(batch, row, decision)", "    stale = decision.stale"),
    Mutant("what waits does not come along with a backup", "app/store/leaving.py",
           "        left.changes,\n", "        (),\n"),
    Mutant("nobody reads again what adds up to something else", LEDGER,
           "if self._digests.of(village) != theirs and self._digests.counted(village) != theirs", "if False",
           ("tests/sync/test_digests.py",)),
    Mutant("a piece of a photo is taken anywhere", "sync/server/blobs.py",
           "    if piece.offset != come:", "    if False:",
           ("tests/sync/test_blobs.py",)),
    Mutant("a damaged photo is kept", "sync/server/blobs.py",
           "    if parts.digest(name, sha256) != sha256:", "    if False:",
           ("tests/sync/test_blobs.py",)),
    Mutant("a spent copy goes on", "sync/server/replicas.py",
           "        if message.replica in spent:", "        if False:",
           ("tests/sync/test_restored_device.py",)),
    Mutant("another body than the signed one is taken", "sync/protocol/signing.py",
           '    if headers.get("content-digest", "") != digest_header(body):', "    if False:",
           ("tests/sync/test_enrolment.py", "tests/sync/test_trust.py")),
)  # fmt: skip
