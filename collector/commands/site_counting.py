"""What of `footfall site add` and `footfall site set` says who and what counts, and what is kept of senders."""

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from typing import Any

import msgspec

from collector.storage.sites import BOT_DAYS, COUNTS, KEPT_ADDRESSES, Rule, Site

NONE = "none"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--count", choices=COUNTS, help="whose events count: guests have no user id; default: all")
    parser.add_argument(
        "--rule", type=_parse_rule, action="append", metavar="'skip|count [web|app] PATH'",
        help="pages that count or not, the first that fits wins; repeat; `none` = no rules",
    )  # fmt: skip
    parser.add_argument(
        "--person", action="append", metavar="ROBOT",
        help="a robot (by its name in visit:bot) that counts as a person; repeat; `none` = no robot does",
    )  # fmt: skip
    parser.add_argument(
        "--keep-address", choices=KEPT_ADDRESSES, help="what is stored of senders' addresses; default: none"
    )
    parser.add_argument(
        "--keep-user-agent",
        action=BooleanOptionalAction,
        default=None,
        help="whether user agents are stored as they came",
    )
    parser.add_argument("--bot-days", type=_parse_days, metavar="N", help="days robots are kept, or `all`; default: 7")


def change_counting(site: Site, arguments: Namespace) -> Site:
    """The site with what was given."""
    changes: dict[str, Any] = {}
    if arguments.count is not None:
        changes["count"] = arguments.count
    if arguments.rule is not None:
        changes["rules"] = tuple(rule for rule in arguments.rule if rule is not None)
    if arguments.person is not None:
        changes["people"] = tuple(name for name in arguments.person if name != NONE)
    if arguments.keep_address is not None:
        changes["keep_address"] = arguments.keep_address
    if arguments.keep_user_agent is not None:
        changes["keep_user_agent"] = arguments.keep_user_agent
    if arguments.bot_days is not None:
        changes["bot_days"] = arguments.bot_days or None
    return msgspec.structs.replace(site, **changes)


def show_counting(site: Site) -> list[str]:
    """A line a fact that is not the default."""
    lines = [] if site.count == "all" else [f"counts {site.count} only"]
    lines += [f"{'counts' if rule.counts else 'skips'} {rule.platform} {rule.path}" for rule in site.rules]
    lines += [f"counts the robot {name} as a person" for name in site.people]
    if site.keep_address != "none":
        lines.append(f"stores addresses: {site.keep_address}")
    if site.keep_user_agent:
        lines.append("stores user agents")
    if site.bot_days != BOT_DAYS:
        lines.append("keeps robots " + ("as long as people" if site.bot_days is None else f"for {site.bot_days} days"))
    return lines


def _parse_rule(text: str) -> Rule | None:
    if text == NONE:
        return None
    words = text.split(" ")
    if len(words) == 2:
        words.insert(1, "any")
    if len(words) != 3 or words[0] not in ("skip", "count") or words[1] not in ("any", "web", "app"):
        raise ArgumentTypeError("a rule is 'skip PATH', 'count PATH', 'skip app PATH' and so on")
    if not words[2].startswith(("/", "*")):
        raise ArgumentTypeError(f"the path {words[2]!r} begins neither with / nor with *")
    return Rule(words[0] == "count", words[2], words[1])


def _parse_days(text: str) -> int:
    """0 = all."""
    if text == "all":
        return 0
    days = int(text)
    if days < 1:
        raise ArgumentTypeError("1 day or more, or `all`")
    return days
