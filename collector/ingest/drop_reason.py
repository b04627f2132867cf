"""Why an event that was understood is not counted. Each member has a sentence in docs/events.md."""

from enum import StrEnum


class DropReason(StrEnum):
    """The event was fine, and the site does not want it. It is answered, counted and not stored."""

    HOSTNAME_NOT_ALLOWED = "hostname_not_allowed"


REASONS = {
    DropReason.HOSTNAME_NOT_ALLOWED: "The page's host is not among the hostnames that the site lists.",
}
