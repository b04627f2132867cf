"""What a check found."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Status = Literal["ok", "warning", "wrong"]
STATUSES: tuple[Status, ...] = ("ok", "warning", "wrong")


class Finding(msgspec.Struct, frozen=True):
    """One line: what was looked at, how it is, what was seen, and what to do about it (empty when it is ok)."""

    name: str
    status: Status
    says: str
    todo: str = ""


def unknown(name: str) -> Finding:
    """Of what nobody could be asked."""
    return Finding(name, "warning", "cannot be asked", "let the store answer INFO and CONFIG GET")


def worst(findings: Sequence[Finding]) -> Status:
    """The worst status among findings."""
    return max((finding.status for finding in findings), key=STATUSES.index, default="ok")
