-- The county's way into a computer whose worker lost passphrase and sheet. The private key is never here;
-- who asked, which officer said yes, and why, is written down for ever.

CREATE TABLE escrow_key (
    county  text NOT NULL REFERENCES county,
    public  bytea NOT NULL CHECK (octet_length(public) = 32),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (county, public)
);

CREATE TABLE escrow_answer (
    county      text NOT NULL REFERENCES county,
    question    text NOT NULL,
    worker      text NOT NULL,
    worker_name text NOT NULL,
    asked_why   text NOT NULL,
    officer     text NOT NULL,
    why         text NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (county, question)
);

GRANT SELECT, INSERT ON escrow_key, escrow_answer TO shoufangtong;
