"""A copy of one system answers like it in another one, and no secret is in it."""

import os
import subprocess
import sys
from pathlib import Path

from collector.backup.manifest import read_manifest
from collector.storage.keys import COOKIE_KEY, Shard
from collector.storage.tokens import Access, digest_of
from collector.storage.tombstones import Tombstone, Tombstones
from tests.backup.site import answers, fill, kinds, now_ms, post
from tests.service import Service, running_service
from tests.stores import running_store


def footfall(service: Service, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command as a person runs it, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "collector", *map(str, arguments)],
        env={**os.environ, **service.environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def carry(origin: Service, target: Service, folder: Path, *which: str) -> None:
    made = footfall(origin, "export", *which, folder)
    assert made.returncode == 0, made.stderr
    assert "so far" in made.stderr
    taken = footfall(target, "import", folder)
    assert taken.returncode == 0, taken.stderr


def test_a_copy_answers_bit_by_bit_like_the_original_on_a_cluster_and_back(services, tmp_path: Path) -> None:
    origin, cluster = services.get("embedded"), services.get("cluster")
    site = origin.new_site(bot_days=None, shards=3, timezone="Europe/Berlin")
    fill(origin, site)
    assert kinds(origin, site) == (True, True, True, True, True)
    erased = Tombstone("visitor", "salt", "digest", 1)
    Tombstones(origin.store).put(Shard(site.id, 1), erased)
    asked_ms = now_ms()
    before = answers(origin, site, asked_ms)
    pageviews = before[0]["results"][0]["metrics"][2]
    assert pageviews > 90

    carry(origin, cluster, tmp_path / "copy", "--site", site.id)
    assert cluster.sites.get(site.id) == site
    assert answers(cluster, site, asked_ms) == before
    assert kinds(cluster, site) == (True, True, True, True, True)

    with running_store("embedded", tmp_path / "store") as nodes, running_service(nodes, tmp_path / "web") as back:
        carry(cluster, back, tmp_path / "second", "--site", site.id)
        assert back.sites.read_all() == [site]
        assert answers(back, site, asked_ms) == before
        assert Tombstones(back.store).read(Shard(site.id, 1)) == {erased}
        # posted-1 was in the unsealed tail all the way. It counts once: in the tail, and by a sealer that is new.
        for _ in range(2):
            assert post(back, site, "posted-1") == 2
            assert answers(back, site, asked_ms) == before
            back.seal()
            assert answers(back, site, asked_ms) == before
        post(back, site, "posted-2")
        assert back.numbers(site, "pageviews") == [pageviews + 1]


def test_everything_comes_along_but_no_salt_no_cookie_key_and_no_login(tmp_path: Path) -> None:
    with (
        running_store("embedded", tmp_path / "a") as nodes,
        running_service(nodes, tmp_path / "web-a") as origin,
        running_store("embedded", tmp_path / "b") as empty,
        running_service(empty, tmp_path / "web-b") as target,
    ):
        sites = [
            origin.new_site(bot_days=None, timezone="Asia/Kathmandu"),
            origin.new_site(bot_days=None, shards=2, hostnames=("shop.example",)),
        ]
        key = origin.write_key(sites[0])
        for site in sites:
            body = {"site": site.id, "page": {"url": "https://shop.example/a"}, "events": [{"name": "pageview"}]}
            assert origin.post(body).status == 202  # a visitor without an id: it makes the day's salt
        login = origin.tokens.create_login()
        salts = [origin.store.get(name) for name in origin.store.scan_iter("*:salt:*")]
        secrets = [*salts, origin.tokens.cookie_key(), key.encode(), login.encode(), digest_of(login).encode()]
        assert len(secrets) == 6
        assert all(len(secret) >= 16 for secret in secrets)

        carry(origin, target, tmp_path / "copy", "--all")
        files = {path: path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file()}
        assert any(digest_of(key).encode() in data for data in files.values()), "tokens are in it, as hashes"
        for secret in secrets:
            for form in (secret, secret.hex().encode()):
                assert not [path for path, data in files.items() if form in data]
        assert target.store.get(COOKIE_KEY) != origin.store.get(COOKIE_KEY)

        assert {each.id: each for each in target.sites.read_all()} == {each.id: each for each in sites}
        assert target.tokens.find(key) == Access("write", (sites[0].id,))
        assert target.tokens.find(origin.reader) == Access("read")
        for site in sites:
            assert target.numbers(site, "pageviews", token=origin.reader) == [1]

        # A copy of one site brings the tokens that name it, and no others.
        assert footfall(origin, "export", "--site", sites[0].id, tmp_path / "one").returncode == 0
        manifest, _ = read_manifest(tmp_path / "one")
        assert set(manifest.sites) == {sites[0].id}
        assert manifest.tokens == {digest_of(key): {"scope": "write", "sites": [sites[0].id]}}
