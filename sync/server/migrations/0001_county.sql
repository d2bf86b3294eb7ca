-- The county's tables. Every key begins with the county code, so that a province can spread its
-- counties over many machines without a change in the protocol.

DO $$
BEGIN
    -- Roles belong to the whole cluster, and another county's database may be starting beside us.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shoufangtong') THEN
        CREATE ROLE shoufangtong NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

DO $$
BEGIN
    -- Since PostgreSQL 16, whoever creates a role may give it away and yet not step into it.
    IF NOT pg_has_role('shoufangtong',
                       CASE WHEN current_setting('server_version_num')::int >= 160000
                            THEN 'SET' ELSE 'MEMBER' END) THEN
        GRANT shoufangtong TO CURRENT_USER;
    END IF;
END
$$;

CREATE TABLE county (
    county     text PRIMARY KEY CHECK (county ~ '^[0-9]{6}$'),
    name       text NOT NULL,
    created_at timestamptz NOT NULL
);

-- One commit number per accepted op; `durable` is the last one known to be in a verified backup.
CREATE TABLE sequence (
    county  text PRIMARY KEY REFERENCES county,
    last    bigint NOT NULL DEFAULT 0,
    durable bigint NOT NULL DEFAULT 0
);

-- A restored county starts a new epoch, so that numbers given before and after are never mistaken.
CREATE TABLE epoch (
    county     text NOT NULL REFERENCES county,
    no         integer NOT NULL,
    id         text NOT NULL,
    from_seq   bigint NOT NULL,
    started_at timestamptz NOT NULL,
    PRIMARY KEY (county, no)
);

CREATE TABLE village (
    county  text NOT NULL REFERENCES county,
    village text NOT NULL CHECK (village ~ '^[0-9]{12}$'),
    name    text NOT NULL,
    PRIMARY KEY (county, village)
);

CREATE TABLE worker (
    county     text NOT NULL REFERENCES county,
    worker     text NOT NULL,
    name       text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (county, worker)
);

CREATE TABLE scope (
    county text NOT NULL,
    worker text NOT NULL,
    bucket text NOT NULL,
    PRIMARY KEY (county, worker, bucket),
    FOREIGN KEY (county, worker) REFERENCES worker
);

CREATE TABLE device (
    county       text NOT NULL,
    device       text NOT NULL,
    replica      text NOT NULL,
    worker       text NOT NULL,
    name         text NOT NULL,
    alg          text NOT NULL,
    sign_key     bytea NOT NULL,
    receive_key  bytea NOT NULL,
    app          text NOT NULL DEFAULT '',
    skew_seconds bigint,
    enrolled_at  timestamptz NOT NULL,
    seen_at      timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (county, device),
    FOREIGN KEY (county, worker) REFERENCES worker
);
-- A request names its device and no county.
CREATE UNIQUE INDEX device_by_id ON device (device);

CREATE TABLE enrolment (
    county     text NOT NULL,
    code_hash  bytea NOT NULL,
    worker     text NOT NULL,
    villages   text[] NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_by    text,
    PRIMARY KEY (county, code_hash),
    FOREIGN KEY (county, worker) REFERENCES worker
);
CREATE INDEX enrolment_by_code ON enrolment (code_hash);

-- The county's view. `rev` is the number of the last op that touched the record, `written` the number
-- of the last op that changed each field, so that a disagreement can say who wrote what is there.
CREATE TABLE record (
    county       text NOT NULL,
    record       text NOT NULL,
    type         text NOT NULL,
    bucket       text NOT NULL,
    rev          bigint NOT NULL,
    deleted      boolean NOT NULL DEFAULT false,
    body         jsonb NOT NULL,
    written      jsonb NOT NULL DEFAULT '{}',
    last_replica text NOT NULL,
    PRIMARY KEY (county, record)
);
CREATE INDEX record_by_bucket ON record (county, bucket, rev);

-- Records that left a bucket, so that devices of that bucket can be told.
CREATE TABLE moved_out (
    county text NOT NULL,
    bucket text NOT NULL,
    record text NOT NULL,
    type   text NOT NULL,
    rev    bigint NOT NULL,
    PRIMARY KEY (county, bucket, record)
);
CREATE INDEX moved_out_by_bucket ON moved_out (county, bucket, rev);

-- Everything any device ever said, whole and in commit order, with the verdict it was given.
-- `payload` is json, not jsonb: what a device sent is kept even where jsonb could not hold it.
CREATE TABLE op (
    county      text NOT NULL,
    seq         bigint NOT NULL,
    op          text NOT NULL,
    hash        bytea NOT NULL,
    bucket      text NOT NULL,
    record      text NOT NULL,
    type        text NOT NULL,
    device      text NOT NULL,
    replica     text NOT NULL,
    worker      text NOT NULL,
    payload     json NOT NULL,
    outcome     text NOT NULL,
    reason      text NOT NULL DEFAULT '',
    received_at timestamptz NOT NULL,
    PRIMARY KEY (county, seq),
    UNIQUE (county, op, hash)
);
CREATE INDEX op_by_record ON op (county, record, seq);

CREATE TABLE conflict (
    county     text NOT NULL,
    seq        bigint NOT NULL,
    field      text NOT NULL,
    kind       text NOT NULL,
    bucket     text NOT NULL,
    record     text NOT NULL,
    type       text NOT NULL,
    base       json,
    server     json,
    server_seq bigint,
    client     json,
    worker     text NOT NULL,
    status     text NOT NULL DEFAULT 'open',
    opened_at  timestamptz NOT NULL,
    PRIMARY KEY (county, seq, field)
);
CREATE INDEX conflict_by_record ON conflict (county, record, field) WHERE status = 'open';

CREATE TABLE quarantine (
    county    text NOT NULL,
    seq       bigint NOT NULL,
    reason    text NOT NULL,
    bucket    text NOT NULL,
    record    text NOT NULL,
    type      text NOT NULL,
    payload   json NOT NULL,
    worker    text NOT NULL,
    status    text NOT NULL DEFAULT 'open',
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (county, seq)
);
CREATE INDEX quarantine_by_record ON quarantine (county, record) WHERE status = 'open';

-- The program runs in this role: the op log can be added to and read, and nothing else.
GRANT SELECT, INSERT, UPDATE ON
    county, sequence, epoch, village, worker, device, enrolment, record, conflict, quarantine
    TO shoufangtong;
GRANT SELECT, INSERT, UPDATE, DELETE ON scope, moved_out TO shoufangtong;
GRANT SELECT, INSERT ON op TO shoufangtong;
GRANT SELECT ON migration TO shoufangtong;
