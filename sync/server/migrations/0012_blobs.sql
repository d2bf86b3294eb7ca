-- Files that records name by the SHA-256 of their content. What they hold lies on the shelf, not here.

CREATE TABLE blob (
    county         text NOT NULL REFERENCES county,
    sha256         text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    bytes          bigint NOT NULL CHECK (bytes > 0),
    stored_at      timestamptz NOT NULL,
    unwanted_since timestamptz, -- nothing names it; taken off the shelf a while after
    PRIMARY KEY (county, sha256)
);

-- Who showed that she has the content, and which villages were hers then: to name a hash proves nothing.
CREATE TABLE blob_upload (
    county      text NOT NULL,
    sha256      text NOT NULL,
    worker      text NOT NULL,
    buckets     text[] NOT NULL,
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (county, sha256, worker),
    FOREIGN KEY (county, sha256) REFERENCES blob ON DELETE CASCADE
);

-- Which record names which file; it may be named long before it comes. `bucket` is where it was first named
-- from; `seq` is 0, or the number of an op that was set aside and names it.
CREATE TABLE blob_ref (
    county text NOT NULL,
    sha256 text NOT NULL,
    record text NOT NULL,
    seq    bigint NOT NULL DEFAULT 0,
    bucket text NOT NULL,
    PRIMARY KEY (county, sha256, record, seq)
);
CREATE INDEX blob_ref_by_record ON blob_ref (county, record);

GRANT SELECT, INSERT, UPDATE, DELETE ON blob, blob_upload, blob_ref TO shoufangtong;

-- Files that no record and no op still waiting for a person names.
CREATE VIEW blob_unnamed AS
SELECT county, sha256 FROM blob b
WHERE NOT EXISTS (
    SELECT 1 FROM blob_ref r
    WHERE r.county = b.county AND r.sha256 = b.sha256
      AND (r.seq = 0
           OR EXISTS (SELECT 1 FROM quarantine q WHERE q.county = r.county AND q.seq = r.seq AND q.status = 'open')
           OR EXISTS (SELECT 1 FROM conflict c WHERE c.county = r.county AND c.seq = r.seq AND c.status = 'open'))
);
GRANT SELECT ON blob_unnamed TO shoufangtong;
