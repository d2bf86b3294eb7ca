-- Disagreements become records of their village, quarantined changes are released, and identity numbers are
-- looked up. `op` keeps the verdict an op was first given; what became of it later stands beside it.

ALTER TABLE conflict ADD COLUMN case_id text NOT NULL DEFAULT '';
CREATE INDEX conflict_by_case ON conflict (county, case_id) WHERE status = 'open';

-- `settled_seq` is the number of the county's own op by which the change came in after all.
ALTER TABLE quarantine
    ADD COLUMN op text NOT NULL DEFAULT '',
    ADD COLUMN device text NOT NULL DEFAULT '',
    ADD COLUMN settled_seq bigint,
    ADD COLUMN settled_at timestamptz,
    ADD COLUMN settled_by text NOT NULL DEFAULT '',
    ADD COLUMN outcome text NOT NULL DEFAULT '',
    ADD COLUMN words text NOT NULL DEFAULT '';
UPDATE quarantine SET op = op.op, device = op.device
    FROM op WHERE op.county = quarantine.county AND op.seq = quarantine.seq;
CREATE INDEX quarantine_settled ON quarantine (county, device, settled_seq) WHERE settled_seq IS NOT NULL;

CREATE INDEX case_by_record ON record (county, (body->>'of'))
    WHERE type = 'conflict' AND NOT deleted AND body->>'state' = 'open';
CREATE INDEX person_by_id_number ON record (county, (body->>'id_number'))
    WHERE type = 'person' AND NOT deleted;
