-- A computer whose file was put back from a backup goes on under a new replica; the one before is spent.
-- Two copies of one computer's data are told apart by it: only one of them is the present one.

CREATE TABLE replica_change (
    county  text NOT NULL,
    device  text NOT NULL,
    no      integer NOT NULL,
    kind    text NOT NULL DEFAULT 'replica_rolled_back',
    was     text NOT NULL,
    replica text NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (county, device, no),
    UNIQUE (county, device, replica),
    FOREIGN KEY (county, device) REFERENCES device
);

GRANT SELECT, INSERT ON replica_change TO shoufangtong;
