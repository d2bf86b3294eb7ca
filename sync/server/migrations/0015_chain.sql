-- The log as a chain: every head holds the hash of all ops up to its number. Whoever has a head on paper can
-- tell whether one letter before it was changed since, even by somebody who owns the database.

CREATE TABLE chain (
    county  text NOT NULL REFERENCES county,
    upto    bigint NOT NULL,
    ops     bigint NOT NULL,
    head    bytea NOT NULL CHECK (octet_length(head) = 32),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (county, upto)
);

GRANT SELECT, INSERT ON chain TO shoufangtong;
