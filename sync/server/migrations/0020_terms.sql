-- What the county asks of its computers (app.domain.county_terms). A new row for every change, never another
-- one in its place: who asked for what since when stays to be read. `seq` is a commit number of the county's,
-- so that a later word has a higher number also after the county was put back from a backup.

CREATE TABLE terms (
    county text NOT NULL REFERENCES county,
    seq    bigint NOT NULL,
    body   jsonb NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (county, seq)
);

GRANT SELECT, INSERT ON terms TO shoufangtong;
