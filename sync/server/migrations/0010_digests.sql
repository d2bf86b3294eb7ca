-- What a village adds up to, so that a computer finds out in eight bytes whether it holds the same records.
-- A trigger keeps it: no road by which a record is written, a clerk's included, can leave it behind.

CREATE TABLE digest (
    county text NOT NULL,
    bucket text NOT NULL,
    sum    numeric NOT NULL,
    PRIMARY KEY (county, bucket)
);

-- The part of one record; `app.domain.mark.standing` reckons the same.
CREATE FUNCTION record_part(record text, rev bigint, deleted boolean) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT mod(
        ('x' || left(encode(sha256(convert_to(record || '|' || rev || '|' || deleted::int, 'UTF8')), 'hex'), 16)
        )::bit(64)::bigint::numeric + 18446744073709551616,
        18446744073709551616)
$$;

CREATE FUNCTION add_to_digest(of_county text, of_bucket text, part numeric) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO digest AS held (county, bucket, sum)
    VALUES (of_county, of_bucket, mod(part + 18446744073709551616, 18446744073709551616))
    ON CONFLICT (county, bucket)
    DO UPDATE SET sum = mod(held.sum + part + 18446744073709551616, 18446744073709551616)
$$;

CREATE FUNCTION keep_digest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before numeric := 0;
    after  numeric := 0;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        before := record_part(OLD.record, OLD.rev, OLD.deleted);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := record_part(NEW.record, NEW.rev, NEW.deleted);
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.county = NEW.county AND OLD.bucket = NEW.bucket THEN
        PERFORM add_to_digest(NEW.county, NEW.bucket, after - before);
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM add_to_digest(OLD.county, OLD.bucket, -before);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM add_to_digest(NEW.county, NEW.bucket, after);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION empty_digests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM digest;
    RETURN NULL;
END
$$;

INSERT INTO digest (county, bucket, sum)
SELECT county, bucket, mod(sum(record_part(record, rev, deleted)), 18446744073709551616)
FROM record GROUP BY county, bucket;

CREATE TRIGGER record_digest AFTER INSERT OR DELETE OR UPDATE OF record, rev, deleted, bucket, county ON record
FOR EACH ROW EXECUTE FUNCTION keep_digest();

CREATE TRIGGER no_record_no_digest AFTER TRUNCATE ON record
FOR EACH STATEMENT EXECUTE FUNCTION empty_digests();

-- A computer whose village added up to something else, and so read it again from the start.
CREATE TABLE divergence (
    county text NOT NULL,
    device text NOT NULL,
    bucket text NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (county, device, bucket, at),
    FOREIGN KEY (county, device) REFERENCES device
);

GRANT SELECT, INSERT, UPDATE ON digest TO shoufangtong;
GRANT SELECT, INSERT ON divergence TO shoufangtong;
