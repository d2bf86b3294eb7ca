-- What somebody has to look at: kinds and ids only, never a value. An open `cursor_ahead` closes the county
-- to changes, for its numbers may be ones it gave before.

CREATE TABLE alarm (
    county    text NOT NULL REFERENCES county,
    no        bigint GENERATED ALWAYS AS IDENTITY,
    kind      text NOT NULL,
    subject   text NOT NULL,
    detail    text NOT NULL DEFAULT '',
    raised_at timestamptz NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (county, no)
);
CREATE UNIQUE INDEX alarm_open ON alarm (county, kind, subject) WHERE closed_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON alarm TO shoufangtong;

-- Numbers that ops, and copies a witness brought back, had in a life the county lost: what was later then is
-- later now. `adoption` says of each record which copy was taken, the latest of all that were offered.
CREATE TABLE former (
    county text NOT NULL REFERENCES county,
    seq    bigint NOT NULL,
    former bigint NOT NULL,
    PRIMARY KEY (county, seq)
);

CREATE TABLE adoption (
    county   text NOT NULL REFERENCES county,
    record   text NOT NULL,
    former   bigint NOT NULL,
    seq      bigint NOT NULL,
    device   text NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (county, record)
);

GRANT SELECT, INSERT ON former TO shoufangtong;
GRANT SELECT, INSERT, UPDATE ON adoption TO shoufangtong;

-- Every backup that was proven by restoring it, and up to which number it holds the county.
CREATE TABLE backup (
    county text NOT NULL REFERENCES county,
    at     timestamptz NOT NULL,
    upto   bigint NOT NULL,
    file   text NOT NULL,
    PRIMARY KEY (county, at)
);

GRANT SELECT, INSERT ON backup TO shoufangtong;

-- Somebody left the work: until then her computers may hand in what they had not sent. A computer that was
-- lost has none.
ALTER TABLE device ADD COLUMN late_until timestamptz;
