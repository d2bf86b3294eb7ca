-- Digests are kept once for a statement and no longer row by row: a batch of twenty records changed its
-- village's line twenty times, and each time left a dead one behind. What it adds up to is the same.

DROP TRIGGER record_digest ON record;
DROP FUNCTION keep_digest();
DROP FUNCTION add_to_digest(text, text, numeric);

-- `old_rows` and `new_rows` are what the statement took away and put there.
CREATE FUNCTION keep_digests() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    span CONSTANT numeric := 18446744073709551616;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO digest AS held (county, bucket, sum)
        SELECT county, bucket, mod(sum(record_part(record, rev, deleted)), span)
        FROM new_rows GROUP BY county, bucket ORDER BY county, bucket
        ON CONFLICT (county, bucket) DO UPDATE SET sum = mod(held.sum + excluded.sum, span);
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO digest AS held (county, bucket, sum)
        SELECT county, bucket, mod(mod(-sum(record_part(record, rev, deleted)), span) + span, span)
        FROM old_rows GROUP BY county, bucket ORDER BY county, bucket
        ON CONFLICT (county, bucket) DO UPDATE SET sum = mod(held.sum + excluded.sum, span);
    ELSE
        INSERT INTO digest AS held (county, bucket, sum)
        SELECT county, bucket, mod(mod(sum(part), span) + span, span)
        FROM (SELECT county, bucket, record_part(record, rev, deleted) AS part FROM new_rows
              UNION ALL
              SELECT county, bucket, -record_part(record, rev, deleted) FROM old_rows) AS both_ways
        GROUP BY county, bucket HAVING sum(part) <> 0 ORDER BY county, bucket
        ON CONFLICT (county, bucket) DO UPDATE SET sum = mod(held.sum + excluded.sum, span);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER record_digest_put AFTER INSERT ON record
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_digests();

CREATE TRIGGER record_digest_changed AFTER UPDATE ON record
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_digests();

CREATE TRIGGER record_digest_gone AFTER DELETE ON record
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_digests();
