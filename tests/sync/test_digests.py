"""What a village adds up to at the county, whichever statement wrote its records, however many at once."""

from __future__ import annotations

import pytest

from app.domain import mark
from sync.protocol.messages import bucket_of
from sync.server import digests, partitions
from sync.server.postgres import Connection, connect, owner
from tests.sync.county import BRIDGE, COUNTY, TEA

BUCKETS = (bucket_of(TEA), bucket_of(BRIDGE))
PUT = (
    "INSERT INTO record (county, record, type, bucket, rev, body, last_replica)"
    " SELECT %s, 'r' || n, 'household', CASE WHEN n %% 2 = 0 THEN %s ELSE %s END, n + %s, '{}', 'one'"
    " FROM generate_series(1, 50) AS n"
    " ON CONFLICT (county, record) DO UPDATE SET rev = excluded.rev, deleted = excluded.record = 'r7'"
)


@pytest.mark.parametrize("parts", [0, 4])
def test_a_village_adds_up_to_its_records_after_every_kind_of_statement(
    county_database: str, parts: int
) -> None:
    if parts:
        partitions.divide(county_database, parts)
    with connect(county_database) as connection:
        connection.execute(PUT, (COUNTY, *BUCKETS, 0))
        _adds_up(connection)
        connection.execute(PUT, (COUNTY, *BUCKETS, 100))
        _adds_up(connection)
        connection.execute("UPDATE record SET bucket = %s, rev = rev + 9 WHERE record < 'r3'", BUCKETS[:1])
        connection.execute("UPDATE record SET body = '{\"a\": 1}', rev = rev WHERE record = 'r9'")
        _adds_up(connection)
    with owner(county_database) as connection:  # as a clerk who owns the database may
        connection.execute("DELETE FROM record WHERE record > 'r4'")
        _adds_up(connection)
        connection.execute("DELETE FROM record")
        assert set(digests.digests_of(connection, COUNTY, BUCKETS).values()) == {0}
        connection.execute(PUT, (COUNTY, *BUCKETS, 0))
        connection.execute("TRUNCATE record")
        assert set(digests.digests_of(connection, COUNTY, BUCKETS).values()) == {0}


def _adds_up(connection: Connection) -> None:
    rows = connection.execute("SELECT bucket, record, rev, deleted FROM record").fetchall()
    assert len({row["bucket"] for row in rows}) == 2
    wanted = dict.fromkeys((TEA, BRIDGE), 0)
    for row in rows:
        village = row["bucket"].removeprefix("v:")
        wanted[village] += mark.standing(row["record"], row["rev"], deleted=row["deleted"])
    told = digests.digests_of(connection, COUNTY, BUCKETS)
    assert told == {village: total % mark.SPAN for village, total in wanted.items()}
