"""connect.py: into a store that asks for a name, a password and TLS, and out of one that does not let us in."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from collector.errors import SettingError, StartError
from collector.settings import load_settings
from collector.storage.connect import connect
from collector.storage.embedded import SLOTS, free_port
from tests.beacons import build_pageview
from tests.service import running_service
from tests.stores import find_redis7, wait_until

USER, PASSWORD = "footfall", "pa ss:wo/rd"
# What docs/operations.md tells to set up.
RIGHTS = ("~*", "+@all", "-@dangerous", "+info", "+config|get")


def make_certificates(folder: Path) -> None:
    """An authority, two servers and a client that it vouches for, and another authority."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    for authority in ("ca", "other-ca"):
        openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"),
            *("-subj", f"/CN={authority}", "-keyout", f"{authority}.key", "-out", f"{authority}.crt"),
            *("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"),
        )
    for name, more in (
        ("server", "subjectAltName=IP:127.0.0.1"),
        ("elsewhere", "subjectAltName=DNS:store.example"),
        ("client", "extendedKeyUsage=clientAuth"),
    ):
        (folder / f"{name}.ext").write_text(more)
        openssl(
            *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", f"{name}.key", "-out", f"{name}.csr"),
        )
        openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-days", "2"),
            *("-extfile", f"{name}.ext", "-out", f"{name}.crt"),
        )


class GuardedStore:
    """A store of one node that speaks TLS only, with certificates on both sides, and lets in one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                find_redis7(),
                *("--bind", "127.0.0.1", "--port", "0", "--tls-port", str(self.port)),
                *("--tls-cluster", "yes", "--tls-replication", "yes", "--tls-auth-clients", "yes"),
                *("--tls-cert-file", "server.crt", "--tls-key-file", "server.key", "--tls-ca-cert-file", "ca.crt"),
                *("--dir", str(folder), "--save", "", "--appendonly", "yes", "--appendfsync", "always"),
                *("--cluster-enabled", "yes", "--cluster-port", str(free_port()), "--logfile", "server.log"),
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    def set_up(self) -> None:
        """Give it its slots and its user."""
        admin = Redis("127.0.0.1", self.port, ssl=True, **self._files("ssl_ca_certs", "ssl_certfile", "ssl_keyfile"))
        wait_until(admin.ping, "the guarded store answers")
        admin.execute_command("CLUSTER ADDSLOTSRANGE", 0, SLOTS - 1)
        wait_until(lambda: admin.execute_command("CLUSTER INFO")["cluster_state"] == "ok", "it has its slots")
        admin.execute_command("ACL", "SETUSER", USER, "on", f">{PASSWORD}", *RIGHTS)
        admin.execute_command("ACL", "SETUSER", "default", "resetpass", f">{PASSWORD} of the admin")
        self.admin = admin  # it is in already

    def show_certificate(self, name: str) -> None:
        self.admin.config_set("tls-cert-file", f"{name}.crt", "tls-key-file", f"{name}.key")

    def _files(self, *names: str) -> dict[str, Any]:
        files = (self.folder / name for name in ("ca.crt", "client.crt", "client.key"))
        return {name: str(file) for name, file in zip(names, files, strict=True)}

    def environment(self, **changed: str) -> dict[str, str]:
        certificates = self._files("FOOTFALL_REDIS_CA_FILE", "FOOTFALL_REDIS_CERT_FILE", "FOOTFALL_REDIS_KEY_FILE")
        return {
            "FOOTFALL_REDIS_NODES": f"127.0.0.1:{self.port}",
            "FOOTFALL_REDIS_TLS": "on",
            "FOOTFALL_REDIS_USERNAME": USER,
            "FOOTFALL_REDIS_PASSWORD": PASSWORD,
            **certificates,
            **changed,
        }


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    folder = tmp_path_factory.mktemp("guarded")
    make_certificates(folder)
    store = GuardedStore(folder)
    try:
        store.set_up()
        yield store
    finally:
        store.process.kill()
        store.process.wait()
        store.admin.close()


def test_a_collector_works_over_tls_with_a_user_of_few_rights(guarded: GuardedStore, tmp_path: Path) -> None:
    password_file = tmp_path / "password"
    password_file.write_text(f"{PASSWORD}\n")
    more = guarded.environment(FOOTFALL_REDIS_PASSWORD="", FOOTFALL_REDIS_PASSWORD_FILE=str(password_file))
    del more["FOOTFALL_REDIS_NODES"]
    with running_service((("127.0.0.1", guarded.port),), tmp_path, **more) as service:
        site = service.new_site()
        for number in range(20):
            answer = service.post(build_pageview(site, number))
            assert (answer.status, answer.body["durability"]) == (202, "fsync"), "also the raw writer is let in"
        assert service.numbers(site, "pageviews") == [20]
        service.seal()
        assert service.numbers(site, "pageviews") == [20]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"FOOTFALL_REDIS_PASSWORD": "wrong"}, "does not let us in"),
        ({"FOOTFALL_REDIS_PASSWORD": ""}, "does not let us in"),
        ({"FOOTFALL_REDIS_USERNAME": "somebody"}, "does not let us in"),
        ({"FOOTFALL_REDIS_CA_FILE": "other-ca.crt"}, "certificate verify failed"),
        ({"FOOTFALL_REDIS_CA_FILE": "other-ca.crt", "FOOTFALL_REDIS_TLS": "any-name"}, "certificate verify failed"),
        ({"FOOTFALL_REDIS_PASSWORD_FILE": "missing"}, "FOOTFALL_REDIS_PASSWORD_FILE cannot be read"),
    ],
)
def test_a_store_that_does_not_let_us_in_is_told_at_once(
    guarded: GuardedStore, changed: dict[str, str], said: str
) -> None:
    changed = {name: str(guarded.folder / text) if name.endswith("FILE") else text for name, text in changed.items()}
    began = time.monotonic()
    with pytest.raises(StartError, match=said) as caught:
        connect(load_settings(guarded.environment(**changed)), patience_seconds=30)
    assert time.monotonic() - began < 10, "waiting would not help"
    assert PASSWORD not in str(caught.value)


def test_a_certificate_of_another_name_is_taken_only_where_any_name_will_do(guarded: GuardedStore) -> None:
    guarded.show_certificate("elsewhere")
    try:
        with pytest.raises(StartError, match=r"(Hostname|IP address) mismatch"):
            connect(load_settings(guarded.environment()))
        client = connect(load_settings(guarded.environment(FOOTFALL_REDIS_TLS="any-name")))
        assert client.set("{x}", "1")
        client.close()
    finally:
        guarded.show_certificate("server")


@pytest.mark.parametrize("name", ["USERNAME", "PASSWORD", "CA_FILE"])
def test_access_to_a_cluster_is_refused_where_no_cluster_is_named(name: str) -> None:
    with pytest.raises(SettingError, match=f"FOOTFALL_REDIS_{name}"):
        load_settings({f"FOOTFALL_REDIS_{name}": "x"})


def test_a_password_does_not_show_when_settings_are_printed(guarded: GuardedStore) -> None:
    assert PASSWORD not in repr(load_settings(guarded.environment()))
