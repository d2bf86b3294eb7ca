-- Policy packs: the public key that signs them, and every pack given out. The private key is never here, so
-- whoever has the server still cannot change what an office's telephone is on a village's paper.

CREATE TABLE pack_key (
    county  text NOT NULL REFERENCES county,
    public  bytea NOT NULL CHECK (octet_length(public) = 32),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (county, public)
);

CREATE TABLE pack (
    county       text NOT NULL REFERENCES county,
    no           integer NOT NULL,
    version      text NOT NULL,
    file         bytea NOT NULL CHECK (octet_length(file) <= 1000000),
    published_at timestamptz NOT NULL,
    PRIMARY KEY (county, no)
);

GRANT SELECT, INSERT ON pack_key, pack TO shoufangtong;
