"""Log entries that could not be sealed: read, sent back into the log, thrown away."""

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, NamedTuple, cast

from collector.storage.connect import Client
from collector.storage.keys import Shard

PAGE_LETTERS = 500


class DeadLetter(NamedTuple):
    """One entry, why it could not be sealed, and its id, which begins with the ms when that was."""

    id: str
    payload: bytes
    reason: str

    @property
    def died_ms(self) -> int:
        return int(self.id.partition("-")[0])


class DeadLetters:
    """Dead letters of all shards, behind one client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        scripts = resources.files("collector.storage") / "scripts"
        self._redrive = client.register_script((scripts / "redrive.lua").read_text())

    def read(self, shard: Shard) -> Iterator[DeadLetter]:
        """All letters, oldest first, a page at a time."""
        first = "-"
        while page := cast(list[Any], self._client.xrange(shard.dead, first, "+", PAGE_LETTERS)):
            for letter_id, fields in page:
                yield DeadLetter(letter_id.decode(), fields.get(b"payload", b""), fields.get(b"reason", b"").decode())
            first = f"({page[-1][0].decode()}"

    def find(self, shard: Shard, letter_id: str) -> DeadLetter | None:
        page = cast(list[Any], self._client.xrange(shard.dead, letter_id, letter_id))
        return next(
            (DeadLetter(letter_id, each.get(b"payload", b""), each.get(b"reason", b"").decode()) for _, each in page),
            None,
        )

    def redrive(self, shard: Shard, letter_id: str) -> bool:
        """Move the letter to the end of the log; False when it is not there. Event ids keep it from counting twice."""
        return bool(self._redrive(keys=[shard.dead, shard.log], args=[letter_id]))

    def drop(self, shard: Shard, letter_ids: Sequence[str]) -> int:
        """Delete letters; how many there were."""
        return int(self._client.xdel(shard.dead, *letter_ids)) if letter_ids else 0
