"""Epochs: each change of a shard's segments or tombstones begins another one, by which readers see that it happened.

An epoch is told as ``<number>@<fork>``. The numbers move on by chance, so that no two changes begin the same one: a
failover may take back a change that somebody knew, and counted one by one, the change that comes in its place would
pass for it. The fork (scripts/fork.lua) tells the log of a primary from the one that an old primary goes on with.
"""

import secrets

LONGEST_STEP = 1 << 32  # 2 billion changes fit into the store's 64 bits


def epoch_step() -> int:
    """How far a change moves its shard's epoch on."""
    return 1 + secrets.randbelow(LONGEST_STEP)


def number_of(epoch: str) -> int:
    return int(epoch.partition("@")[0])


def next_epoch(epoch: str) -> str:
    """The epoch that a change begins which ends ``epoch``."""
    number, _, fork = epoch.partition("@")
    return f"{int(number) + epoch_step()}@{fork}"
