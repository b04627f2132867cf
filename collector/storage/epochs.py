"""Epochs: each change of a shard's segments or tombstones begins another one, by which readers see that it happened.

They move on by chance, so that no two changes begin the same one. A failover may take back a change that somebody
knew; counted one by one, the change that comes in its place would pass for it.
"""

import secrets

LONGEST_STEP = 1 << 32  # 2 billion changes fit into the store's 64 bits


def epoch_step() -> int:
    """How far a change moves its shard's epoch on."""
    return 1 + secrets.randbelow(LONGEST_STEP)


def next_epoch(epoch: str) -> str:
    """The epoch that a change begins which ends ``epoch``."""
    return str(int(epoch) + epoch_step())
