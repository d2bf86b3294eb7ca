"""The store's tables, as named migrations recorded in the transaction they ran in.

One table holds every synced record: the local view the worker sees (`body`) beside the county's
copy (`county_*`), each attribute apart, so that an unsent edit and a pulled row never mix. Typed
views over it are for reading with SQL; the partial indexes below match their expressions.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database, Migrations

from app.domain.problem import NewerFile
from app.store import counted
from app.store.finder import Finder
from app.store.lookups import (
    BENEFIT_LOOKUPS,
    BY_TIME,
    CONFLICT_LOOKUPS,
    DUE,
    FIRST_LOOKUPS,
    REGISTER_LOOKUPS,
    ROUND_LOOKUPS,
    SPEED_LOOKUPS,
    SURVEY_LOOKUPS,
    TICKET_LOOKUPS,
    WITHIN,
    field_of,
)

migrations = Migrations("store")
NEWER = "这份资料是新版写的。请先升级，资料没有动。"


def add_lookups(db: Database, lookups: Mapping[str, tuple[str, ...]]) -> None:
    """An index for every field of `lookups`, over the records of its kind."""
    for kind, names in lookups.items():
        for name in names:
            _index(db, f"{kind}_{name}", kind, name)


def _index(db: Database, index: str, kind: str, *names: str, only: str = "") -> None:
    fields = ", ".join(map(field_of, names))
    db.execute(f"CREATE INDEX {index} ON record({fields}) WHERE type = '{kind}' AND NOT deleted{only}")


@migrations()
def m001_records(db: Database) -> None:
    """Records with the county's copy beside them, and what still has to be sent."""
    db.execute(
        """CREATE TABLE record (
            id TEXT PRIMARY KEY, type TEXT NOT NULL, village TEXT NOT NULL,
            body TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
            county_body TEXT, county_village TEXT, county_deleted INTEGER,
            revision INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX record_type ON record(type, id) WHERE NOT deleted")
    add_lookups(db, FIRST_LOOKUPS)
    db.execute(
        """CREATE TABLE outbox (
            n INTEGER PRIMARY KEY AUTOINCREMENT, change TEXT NOT NULL UNIQUE, record TEXT NOT NULL,
            payload TEXT NOT NULL, seq INTEGER, outcome TEXT
        ) STRICT"""
    )
    db.execute("CREATE INDEX outbox_unsent ON outbox(n) WHERE seq IS NULL")
    db.execute("CREATE INDEX outbox_record ON outbox(record, seq)")
    db.execute("CREATE INDEX outbox_set_aside ON outbox(n) WHERE outcome NOT IN ('applied')")


@migrations()
def m002_around(db: Database) -> None:
    """Cursors per village, the device's own facts, unfinished forms, and the audit chain."""
    db.execute("CREATE TABLE cursor (village TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT")
    db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    db.execute(
        """CREATE TABLE draft (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL,
            body TEXT NOT NULL, saved_at TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE audit (
            n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL,
            verb TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, chain TEXT NOT NULL
        ) STRICT"""
    )


@migrations()
def m003_finder(db: Database) -> None:
    """The search index: what a hit shows, and the terms that find it."""
    db.execute(
        """CREATE TABLE found (
            n INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            household TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, birth TEXT NOT NULL,
            sound TEXT NOT NULL
        ) STRICT"""
    )
    db.execute("CREATE INDEX found_household ON found(household)")
    # ascii leaves every Chinese character a letter, also those newer than the built-in Unicode.
    db.execute(
        "CREATE VIRTUAL TABLE term USING fts5(words, content='', contentless_delete=1,"
        " detail=none, prefix='1 2', tokenize='ascii')"
    )


@migrations()
def m004_places_by_sound(db: Database) -> None:
    """Everything indexed anew: places are found by their sound and initials too."""
    Finder(db).rebuild()


@migrations()
def m005_attachments(db: Database) -> None:
    """Files that belong to a record: what each is, and the key it is sealed with."""
    db.execute(
        """CREATE TABLE attachment (
            id TEXT PRIMARY KEY, record TEXT NOT NULL, kind TEXT NOT NULL, media TEXT NOT NULL,
            bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, key BLOB NOT NULL, thumb_of TEXT, at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX attachment_record ON attachment(record, sha256)")


@migrations()
def m006_print_jobs(db: Database) -> None:
    """Papers that wait for a printer, or for a word whether they came out."""
    db.execute(
        """CREATE TABLE print_job (
            id TEXT PRIMARY KEY, state TEXT NOT NULL, asked_at TEXT NOT NULL, body TEXT NOT NULL
        ) STRICT"""
    )


@migrations()
def m007_photos(db: Database) -> None:
    """Small pictures are found by their large one, among tens of thousands too."""
    db.execute("CREATE INDEX attachment_thumb ON attachment(thumb_of) WHERE thumb_of IS NOT NULL")


@migrations()
def m008_speed(db: Database) -> None:
    """Ten years of a village are read by day, by state and by what is still to be done."""
    add_lookups(db, SPEED_LOOKUPS)
    for kind, by in BY_TIME.items():
        _index(db, f"{kind}_by_time", kind, by)
        _index(db, f"{kind}_within", kind, WITHIN[kind], by)
    for kind, (by, done) in DUE.items():
        _index(db, f"{kind}_due", kind, by, only=f" AND {field_of(done)} IS NULL")


@migrations()
def m009_tickets(db: Database) -> None:
    """Parts of a ticket by their ticket, and tickets by the one they go on in."""
    add_lookups(db, TICKET_LOOKUPS)


@migrations()
def m010_registers(db: Database) -> None:
    """The village's registers, found by household, and the notices that still hang."""
    add_lookups(db, REGISTER_LOOKUPS)


@migrations()
def m011_visit_plan(db: Database) -> None:
    """What the plan of visits keeps is found by household."""
    add_lookups(db, ROUND_LOOKUPS)


@migrations()
def m012_benefits(db: Database) -> None:
    """What was granted or has ended for a family."""
    add_lookups(db, BENEFIT_LOOKUPS)


@migrations()
def m013_surveys(db: Database) -> None:
    """Questionnaires by survey, family, visit and ticket; and the box of anonymous answers, in no order."""
    add_lookups(db, SURVEY_LOOKUPS)
    db.execute(
        """CREATE TABLE ballot (
            id TEXT PRIMARY KEY, edition TEXT NOT NULL, body TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )


@migrations()
def m014_counted(db: Database) -> None:
    """What reports and the plan of visits count of a record lies apart from its long text."""
    counted.make(db, counted.COUNTED)


@migrations()
def m015_files_waiting(db: Database) -> None:
    """Files the county has not got yet, and those that came from it: at first all wait, for it is asked."""
    db.execute("CREATE TABLE file_waiting (attachment TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    db.execute(
        "CREATE TABLE file_fetched (attachment TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("INSERT INTO file_waiting SELECT id FROM attachment")
    # However a row comes in, by a hand, a restore or a rescue: it waits until the county says it has it.
    db.execute(
        "CREATE TRIGGER attachment_waits AFTER INSERT ON attachment"
        " BEGIN INSERT OR IGNORE INTO file_waiting VALUES (new.id); END"
    )
    db.execute(
        "CREATE TRIGGER attachment_gone AFTER DELETE ON attachment BEGIN"
        " DELETE FROM file_waiting WHERE attachment = old.id;"
        " DELETE FROM file_fetched WHERE attachment = old.id; END"
    )


@migrations()
def m016_receipts(db: Database) -> None:
    """Why the county kept a change beside, in its own word for it."""
    db.execute("ALTER TABLE outbox ADD COLUMN reason TEXT NOT NULL DEFAULT ''")


@migrations()
def m017_terms(db: Database) -> None:
    """What the county asks, and since when it is silent: a row each, made when it is heard."""
    one = "id INTEGER PRIMARY KEY CHECK (id = 1)"
    db.execute(f"CREATE TABLE county_terms ({one}, number INTEGER NOT NULL, body TEXT NOT NULL) STRICT")
    db.execute(
        f"CREATE TABLE lease ({one}, last TEXT NOT NULL, front TEXT NOT NULL,"
        " spent REAL NOT NULL, line INTEGER NOT NULL, stick INTEGER NOT NULL, written_on TEXT) STRICT"
    )


@migrations()
def m018_waiting(db: Database) -> None:
    """Since when a change waits that had been answered before; and disagreements by what they are about."""
    db.execute("ALTER TABLE outbox ADD COLUMN waits_since TEXT NOT NULL DEFAULT ''")
    add_lookups(db, CONFLICT_LOOKUPS)


@migrations()
def m019_files_sent(db: Database) -> None:
    """How many backups of the county were heard of when it had a file; for those sent before, none."""
    db.execute(
        "CREATE TABLE file_sent (attachment TEXT PRIMARY KEY, backups INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute(
        "INSERT INTO file_sent SELECT id, 0 FROM attachment"
        " WHERE id NOT IN (SELECT attachment FROM file_waiting)"
    )
    db.execute(
        "CREATE TRIGGER attachment_left AFTER DELETE ON attachment"
        " BEGIN DELETE FROM file_sent WHERE attachment = old.id; END"
    )


def known() -> frozenset[str]:
    """The names of every migration of this release."""
    return frozenset(migration.name for migration in migrations.pending(Database(memory=True)))


def pending(db: Database) -> tuple[str, ...]:
    """The migrations an older release's file still lacks; none for a file that was never finished.

    Raises NewerFile when the file holds a migration that this release does not know.
    """
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - known():
        raise NewerFile(NEWER)
    if "m002_around" not in applied:
        return ()
    return tuple(migration.name for migration in migrations.pending(db))


def migrate(db: Database) -> tuple[str, ...]:
    """Apply what is pending, each step in one transaction with the row that records it.

    Returns the names applied. Raises NewerFile, and changes nothing, when the file holds a
    migration that this release does not know.
    """
    if {migration.name for migration in migrations.applied(db)} - known():
        raise NewerFile(NEWER)
    lacking = tuple(migration.name for migration in migrations.pending(db))
    with db.atomic():  # its table and the index over it
        migrations.ensure_migrations_table(db)
    migrations.apply(db)
    return lacking
