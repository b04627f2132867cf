"""The store that Footfall brings along."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from redis import Redis

from collector.storage.embedded import SMALL_FILE_BYTES, EmbeddedStore
from tests.stores import wait_until


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path)
    store.start()
    yield store
    store.stop()


def size_of_files(store: EmbeddedStore) -> int:
    return sum(file.stat().st_size for file in (store.folder / "appendonlydir").iterdir())


def test_the_file_is_written_anew_once_most_of_it_is_gone_and_holds_what_is_left(store: EmbeddedStore) -> None:
    piece = b"x" * 1024 * 1024
    with closing(Redis(port=store.port)) as client:
        client.config_set("auto-aof-rewrite-percentage", 0)  # else the server may do it in between
        for _ in range(3 * SMALL_FILE_BYTES // len(piece) // 2):
            client.xadd("log", {"payload": piece})
        client.set("kept", "value")
        assert size_of_files(store) > SMALL_FILE_BYTES
        assert not store.shrink_file(), "most of it is there"
        client.delete("log")
        # The server frees memory, and removes files, in a thread of its own.
        wait_until(store.shrink_file, "it is seen that most of the file is gone")
        wait_until(lambda: not store.shrink_file(), "the file is written anew")
        wait_until(lambda: size_of_files(store) < 1024 * 1024, "the file before is removed")
    store.stop()
    assert not store.shrink_file()
    store.start()
    with closing(Redis(port=store.port)) as client:
        assert client.get("kept") == b"value"
        assert client.exists("log") == 0
