-- Where each replica stands in the chain of its requests, and where it stood before the last that brought
-- something new: its answer may have been lost, and then the device still stands there.

CREATE TABLE replica_link (
    county  text NOT NULL,
    device  text NOT NULL,
    replica text NOT NULL,
    link    text NOT NULL,
    before  text NOT NULL,
    PRIMARY KEY (county, device, replica),
    FOREIGN KEY (county, device) REFERENCES device
);

GRANT SELECT, INSERT, UPDATE, DELETE ON replica_link TO shoufangtong;
