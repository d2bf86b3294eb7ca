"""How a county is served: over TLS or behind a gateway, watched, within bounds, and stopped politely."""

from __future__ import annotations

import ipaddress
import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from psycopg import sql

from app.domain.ids import new_id
from app.domain.problem import StorageFault, UserError
from sync.client.blobs import Carrier
from sync.client.enrol import enrol
from sync.client.http import Busy, Transport
from sync.client.syncer import SyncReport
from sync.server import county, running
from sync.server.__main__ import main
from sync.server.postgres import connect
from sync.server.settings import Serving
from tests.sync.county import AT, COUNTY, County
from tests.sync.desk import Desk
from tests.sync.served import ask, figure, served

MESSAGE = {"Shoufangtong-Protocol": "1", "Content-Type": "application/vnd.shoufangtong.sync"}


def test_a_certificate_serves_https_without_a_gateway(county_database: str, tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    with served(county_database, Serving(certificate=certificate, key=key)) as here:
        assert here.url.startswith("https://127.0.0.1:")
        with Transport(here.url, ca_file=certificate) as transport:
            assert enrol(transport, here.issue(), "村部电脑", at=AT).county_name == "模拟县"
        with pytest.raises(requests.exceptions.ConnectionError):
            ask(here.url.replace("https", "http"), "/v1/live")


def test_a_certificate_without_its_key_is_said_before_anything_is_served(
    county_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, _ = _certificate(tmp_path)
    where = ["serve", "--database", county_database, "--port", "0"]
    assert main([*where, "--tls-cert", str(certificate)]) == 1
    assert "要一起写" in capsys.readouterr().err
    with pytest.raises(UserError, match="用不了"):
        running.start(county_database, settings=Serving(certificate=certificate, key=certificate))


def test_only_a_gateway_we_know_may_say_who_asks(county_database: str) -> None:
    far = {"X-Forwarded-For": "203.0.113.9"}
    with served(county_database, Serving(proxies=("127.0.0.1/32",))) as here:
        assert ask(here.url, "/metrics").status_code == 200
        assert ask(here.url, "/metrics", headers=far).status_code == 404
        assert ask(here.url, "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200
    with served(county_database, Serving()) as here:  # behind a gateway we were not told of
        assert ask(here.url, "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_a_monitor_hears_alive_ready_and_the_figures(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    desk.sync()
    assert ask(county_server.url, "/v1/live").json() == {"ok": True}
    assert ask(county_server.url, "/v1/ready").json() == {"ok": True}
    assert figure(county_server.url, 'ops_total{outcome="applied"}') == 1
    assert figure(county_server.url, f'commit_number{{county="{COUNTY}"}}') == 1
    assert figure(county_server.url, f'devices{{county="{COUNTY}"}}') == 1
    assert figure(county_server.url, 'request_seconds_count{address="enrol"}') == 1
    assert figure(county_server.url, "received_bytes_total") > 100


def test_a_newer_schema_is_not_ready_and_still_alive(county_server: County) -> None:
    with psycopg.connect(county_server.database, autocommit=True) as connection:
        connection.execute("INSERT INTO migration (name) VALUES ('9999_future')")
    assert ask(county_server.url, "/v1/ready").status_code == 503
    assert ask(county_server.url, "/v1/live").status_code == 200


def test_a_computer_that_asks_too_fast_waits_and_loses_nothing(county_database: str) -> None:
    with served(county_database, Serving(device_rate=0.1)) as here:  # one at once, then one in ten seconds
        hasty, other = Desk(here), Desk(here, worker="田大明")
        hasty.new(group="茶园组", door="3号")
        assert hasty.sync().sent == 1
        hasty.new(group="茶园组", door="4号")
        with pytest.raises(Busy):
            hasty.sync()
        assert hasty.ledger.waiting() == 1
        assert other.sync().received == 1  # nobody else waits
        assert figure(here.url, 'refused_total{code="busy"}') == 1
        with Transport(here.url) as transport, pytest.raises(Busy):  # asking for files is asking too
            Carrier(transport, hasty.ledger.identity(), AT).fetch("0" * 64, lambda _come, _all: None, bool)


def test_an_address_that_is_refused_again_and_again_is_heard_no_more(county_database: str) -> None:
    with served(county_database, Serving(strangers=3)) as here:
        told = [ask(here.url, "/v1/sync", "POST", data=b"x", headers=MESSAGE) for _ in range(5)]
        assert [one.status_code for one in told] == [401, 401, 401, 429, 429]
        assert told[-1].headers["Retry-After"] == "600"


def test_a_body_beyond_the_bound_is_refused_before_it_is_read(county_server: County) -> None:
    told = ask(county_server.url, "/v1/sync", "POST", data=bytes(3_000_000), headers=MESSAGE)
    assert (told.status_code, told.json()["error"]) == (413, "too_large")
    pieces = ask(county_server.url, "/v1/sync", "POST", data=iter([bytes(100_000)] * 30), headers=MESSAGE)
    assert pieces.status_code == 413


def test_what_is_being_answered_ends_before_the_service_does(county_server: County) -> None:
    desk = Desk(county_server)
    desk.new(group="茶园组", door="3号")
    told: list[SyncReport] = []
    syncing = threading.Thread(target=lambda: told.append(desk.sync()))
    stopping = threading.Thread(target=county_server.running.stop)
    with connect(county_server.database) as connection, connection.transaction():
        county.lock(connection, COUNTY)
        syncing.start()
        _until_someone_waits(county_server.database)
        stopping.start()
        _until_nobody_is_let_in(county_server.url)
    syncing.join()
    stopping.join()
    assert [report.sent for report in told] == [1]


def test_a_stopped_computer_and_a_stranger_leave_no_row(county_server: County) -> None:
    desk = Desk(county_server)
    device = desk.ledger.identity().device
    assert main(["revoke", "--database", county_server.database, "--device", device]) == 0
    before = _rows(county_server.database)
    desk.new(group="茶园组", door="3号")
    with pytest.raises(Exception, match="device_revoked"):
        desk.sync()
    ask(county_server.url, "/v1/sync", "POST", data=b"x", headers=MESSAGE)
    with Transport(county_server.url) as transport, pytest.raises(UserError):
        enrol(transport, "AAAA-AAAA-AAAA-AAAA", "村部电脑", at=AT)
    assert _rows(county_server.database) == before


def _rows(database: str) -> dict[str, str]:
    """The whole of every table, as a hash."""
    with psycopg.connect(database) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: str(connection.execute(_whole(name)).fetchone()) for (name,) in names}


def _whole(name: str) -> sql.Composed:
    return sql.SQL("SELECT md5(string_agg(t::text, ',')) FROM {} t").format(sql.Identifier(name))


def _until_someone_waits(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for _ in range(2000):
            if connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                return
            time.sleep(0.01)
    raise StorageFault("nobody came")


def _until_nobody_is_let_in(url: str) -> None:
    for _ in range(2000):
        try:
            ask(url, "/v1/live")
        except requests.exceptions.ConnectionError:
            return
        time.sleep(0.01)
    raise StorageFault("still open")


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"county {new_id(AT)}")])
    start = AT - timedelta(days=3650)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "county.pem", folder / "county.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
