-- What was taken out of the county as a table: by whom, what of it, and for what when nothing was masked.
CREATE TABLE export (
    id       bigint GENERATED ALWAYS AS IDENTITY,
    county   text NOT NULL REFERENCES county,
    at       timestamptz NOT NULL,
    type     text NOT NULL,
    villages text[] NOT NULL,
    masked   boolean NOT NULL,
    by_whom  text NOT NULL,
    why      text NOT NULL,
    PRIMARY KEY (county, id),
    CHECK (masked OR (why <> '' AND by_whom <> ''))
);
GRANT SELECT, INSERT ON export TO shoufangtong;
