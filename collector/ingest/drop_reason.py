"""Why an event that was understood is not counted. Each member has a sentence in docs/events.md."""

from enum import StrEnum


class DropReason(StrEnum):
    """The event was fine, and the site does not want it. It is answered, counted and not stored."""

    HOSTNAME_NOT_ALLOWED = "hostname_not_allowed"
    EXCLUDED_BY_RULE = "excluded_by_rule"
    VISITOR_NOT_COUNTED = "visitor_not_counted"


REASONS = {
    DropReason.HOSTNAME_NOT_ALLOWED: "The page's host is not among the hostnames that the site lists.",
    DropReason.EXCLUDED_BY_RULE: "A rule of the site skips this page, or this page of an app.",
    DropReason.VISITOR_NOT_COUNTED: "The site counts guests only, or users only, and this is the other.",
}
