-- The county's own key for what travels on a USB stick: it signs the answers and opens what computers sealed.
-- Unlike the key in the safe it must be at hand whenever a stick comes, and it opens no laptop. Made here, so
-- that every county has one: three random UUIDs are 366 bits of the server's strong random.

CREATE TABLE stick_key (
    county text PRIMARY KEY REFERENCES county,
    seed   bytea NOT NULL CHECK (octet_length(seed) = 32) DEFAULT
        sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);

INSERT INTO stick_key (county) SELECT county FROM county;

GRANT SELECT, INSERT ON stick_key TO shoufangtong;
