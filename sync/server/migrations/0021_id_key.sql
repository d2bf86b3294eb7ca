-- What the ids of clues and tasks the county gives are made under (sync.server.giving). No computer is ever told
-- it: whoever knew it could try every birthday until the id of a clue comes out, and would have the number.
-- A county there already has it from its key for sticks, so that a backup from before this step comes to the
-- same one; from here on it is its own, and stays when that key is changed one day.

CREATE TABLE id_key (
    county text PRIMARY KEY REFERENCES county,
    seed   bytea NOT NULL CHECK (octet_length(seed) = 32) DEFAULT
        sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);

INSERT INTO id_key SELECT county, sha256(seed || convert_to('ids of what the county gives', 'UTF8')) FROM stick_key;

GRANT SELECT, INSERT ON id_key TO shoufangtong;
