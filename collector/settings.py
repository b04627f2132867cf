"""Every setting, one row each: environment name, default, unit and why.

``load_settings`` reads them from an environment. A malformed value, or a ``FOOTFALL_`` name that is no
setting, refuses to start: a typo must never open a door.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, NamedTuple

from collector.errors import SettingError
from collector.weekdays import WEEKDAYS

Network = IPv4Network | IPv6Network
Node = tuple[str, int]


def _parse_port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError("a port is a whole number from 1 to 65535")
    return port


def _parse_count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError("a whole number from 1 on")
    return count


def _parse_hour(text: str) -> int:
    hour = int(text)
    if not 0 <= hour < 24:
        raise ValueError("a whole hour from 0 to 23")
    return hour


def _parse_optional_count(text: str) -> int | None:
    return None if not text else 0 if text == "0" else _parse_count(text)


def _parse_seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e6:
        raise ValueError("a number of seconds above 0")
    return seconds


def _parse_path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _parse_optional_path(text: str) -> Path | None:
    return _parse_path(text) if text else None


PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


def _parse_picture(text: str) -> Path | None:
    path = _parse_optional_path(text)
    if path is not None and (path.suffix not in PICTURES or not path.is_file()):
        raise ValueError(f"a file that is there, of {', '.join(PICTURES)}")
    return path


def _parse_nodes(text: str) -> tuple[Node, ...]:
    nodes = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        host, colon, port = part.rpartition(":")
        if not colon or not host:
            raise ValueError("a list such as 10.0.0.1:7000,10.0.0.2:7000")
        nodes.append((host.strip("[]"), _parse_port(port)))
    return tuple(nodes)


def _parse_networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _parse_text(text: str) -> str:
    return text


def _parse_size(text: str) -> int:
    return 0 if text == "0" else _parse_count(text)


_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def _parse_origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("a list such as https://panel.example,http://localhost:3000, without a path")
    return origins


_PREFIX = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)+")


def _parse_prefix(text: str) -> str:
    if text and not _PREFIX.fullmatch(text):
        raise ValueError(
            "a path such as /stats: a slash in front, none at the end, letters, digits and . _ ~ - between"
        )
    return text


class RecordHook(NamedTuple):
    """A function of the operator's own that gives records of a resource their form."""

    resource: str
    module: str
    function: str

    def __str__(self) -> str:
        return f"{self.resource}={self.module}:{self.function}"


HOOKED = ("sessions", "pageviews", "interactions", "entities")
_RECORD_HOOK = re.compile(rf"({'|'.join(HOOKED)})=([A-Za-z_][\w.]*):([A-Za-z_]\w*)", re.ASCII)


def _parse_record_hooks(text: str) -> tuple[RecordHook, ...]:
    hooks = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _RECORD_HOOK.fullmatch(part)
        if match is None:
            raise ValueError(f"a list such as pageviews=shop.records:show; resources are {', '.join(HOOKED)}")
        hooks.append(RecordHook(*match.groups()))
    if len({hook.resource for hook in hooks}) < len(hooks):
        raise ValueError("a resource has one function")
    return tuple(hooks)


class Rate(NamedTuple):
    """At most ``most`` in every ``seconds``."""

    most: int
    seconds: int

    def __str__(self) -> str:
        return f"{self.most}/{next(name for name, seconds in UNITS.items() if seconds == self.seconds)}"


UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}


def _parse_rate(text: str) -> Rate | None:
    if not text:
        return None
    most, slash, unit = text.partition("/")
    if not slash or unit not in UNITS:
        raise ValueError("a rate such as 30/minute; units are second, minute, hour and day")
    return Rate(_parse_count(most), UNITS[unit])


def _parse_choice(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return text

    return parse


class Setting(NamedTuple):
    """One row: the field it fills, the text that stands for its default, its unit or form, and why it is there."""

    field: str
    default: str
    parse: Callable[[str], Any]
    unit: str
    why: str

    @property
    def variable(self) -> str:
        return f"FOOTFALL_{self.field.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", _parse_text, "address", "where the web server listens; 0.0.0.0 for all"),
    Setting("port", "8000", _parse_port, "port", "the one port of the web server"),
    Setting("url_prefix", "", _parse_prefix, "path", "in front of every address, such as /stats; empty = none"),
    Setting("data_dir", "./var", _parse_path, "folder", "embedded store, mirror and logs live here"),
    Setting("redis_nodes", "", _parse_nodes, "host:port,…", "nodes of your cluster; empty = embedded store"),
    Setting("redis_username", "", _parse_text, "text", "the ACL user of your cluster; empty = its default user"),
    Setting("redis_password", "", _parse_text, "text", "the user's password; empty = none"),
    Setting("redis_password_file", "", _parse_optional_path, "file", "holds the password, instead of the row above"),
    Setting("redis_tls", "off", _parse_choice("off", "on", "any-name"), "off/on/any-name", "TLS to your cluster"),
    Setting("redis_ca_file", "", _parse_optional_path, "file", "who signs its certificates; empty = the system's"),
    Setting("redis_cert_file", "", _parse_optional_path, "file", "our certificate, where it asks for one"),
    Setting("redis_key_file", "", _parse_optional_path, "file", "the private key of our certificate"),
    Setting("workers", "1", _parse_count, "processes", "web workers of the ingest role"),
    Setting("trusted_proxies", "", _parse_networks, "CIDR,…", "whose X-Forwarded-For is believed"),
    Setting("geo_database", "", _parse_optional_path, "file", "a country or city .mmdb; empty = no places"),
    Setting("admin_token", "", _parse_text, "text", "an admin token for automation; empty = none"),
    Setting("receive_seconds", "15", _parse_seconds, "s", "longest that a client may take to send a request"),
    Setting("commit_seconds", "5", _parse_seconds, "s", "longest wait for the store before a beacon gets 503"),
    Setting("replicas_to_wait", "", _parse_optional_count, "count", "replicas that confirm; empty = 1 if any"),
    Setting("wait_policy", "degrade", _parse_choice("strict", "degrade"), "strict/degrade", "if too few confirm"),
    Setting("waiting_mb", "64", _parse_count, "MB", "beacons that may wait for the store in a worker"),
    Setting("spool_mb", "256", _parse_size, "MB", "beacons a worker keeps while the store is away; 0 = none"),
    Setting("log_max_mb", "1024", _parse_count, "MB", "unsealed log of a shard beyond which beacons get 503"),
    Setting("rate_per_address", "0", _parse_size, "requests/min", "of one /24 or /64 that shows no key; 0 = any"),
    Setting("rate_per_key", "0", _parse_size, "events/min", "of one secret key, or of a site's public id; 0 = any"),
    Setting("read_rate", "", _parse_rate, "rate", "requests of one token that reads or edits; empty = any"),
    Setting("admin_read_rate", "", _parse_rate, "rate", "requests of one admin's token; empty = any"),
    Setting("panel_origins", "", _parse_origins, "origin,…", "whose pages may ask with a token; empty = none"),
    Setting("record_hooks", "", _parse_record_hooks, "resource=module:function", "your form of records; empty = ours"),
    Setting("distinct_values", "100000", _parse_size, "values", "of a dimension, site and day; then (other); 0 = any"),
    Setting("seal_seconds", "5", _parse_seconds, "s", "how often the sealer looks for new entries"),
    Setting("seal_entries", "100000", _parse_count, "entries", "most log entries that one segment is made from"),
    Setting("retention_day", "sunday", _parse_choice(*WEEKDAYS, "daily"), "weekday/daily", "when old days go"),
    Setting("retention_hour", "2", _parse_hour, "hour", "the hour of that, in the site's own time"),
    Setting("verify_hour", "1", _parse_hour, "hour", "when each site is verified every day, in its own time"),
    Setting("query_seconds", "30", _parse_seconds, "s", "longest time that one question may take"),
    Setting("query_memory_mb", "1024", _parse_count, "MB", "memory that the mirror's database may use"),
    Setting("webhook_private", "off", _parse_choice("off", "on"), "off/on", "webhooks by http, to private addresses"),
    Setting("ui_title", "Footfall", _parse_text, "text", "name of the dashboard"),
    Setting("ui_logo", "", _parse_picture, "file", "its logo: .svg, .png, .jpg or .webp; empty = ours"),
    Setting("ui_theme", "system", _parse_choice("system", "light", "dark"), "system/light/dark", "until one chooses"),
    Setting("ui_frame_origins", "", _parse_origins, "origin,…", "pages that may frame the dashboard; empty = none"),
)  # fmt: skip

_OF_A_CLUSTER = (
    "redis_username", "redis_password", "redis_password_file", "redis_tls", "redis_ca_file", "redis_cert_file",
    "redis_key_file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, parsed. Fields are the rows of ``SETTINGS``."""

    host: str
    port: int
    url_prefix: str
    data_dir: Path
    redis_nodes: tuple[Node, ...]
    redis_username: str
    redis_password: str = field(repr=False)
    redis_password_file: Path | None
    redis_tls: str
    redis_ca_file: Path | None
    redis_cert_file: Path | None
    redis_key_file: Path | None
    workers: int
    trusted_proxies: tuple[Network, ...]
    geo_database: Path | None
    admin_token: str
    receive_seconds: float
    commit_seconds: float
    replicas_to_wait: int | None
    wait_policy: str
    waiting_mb: int
    spool_mb: int
    log_max_mb: int
    rate_per_address: int
    rate_per_key: int
    read_rate: Rate | None
    admin_read_rate: Rate | None
    panel_origins: tuple[str, ...]
    record_hooks: tuple[RecordHook, ...]
    distinct_values: int
    seal_seconds: float
    seal_entries: int
    retention_day: str
    retention_hour: int
    verify_hour: int
    query_seconds: float
    query_memory_mb: int
    webhook_private: str
    ui_title: str
    ui_logo: Path | None
    ui_theme: str
    ui_frame_origins: tuple[str, ...]

    @property
    def is_embedded(self) -> bool:
        """Whether Footfall brings its own store."""
        return not self.redis_nodes

    @property
    def local_url(self) -> str:
        """Where a browser on this machine finds the web server."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host
        return f"http://{host}:{self.port}{self.url_prefix}"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment. Raises SettingError naming the variable."""
    known = {setting.variable for setting in SETTINGS}
    for name in environment:
        if name.startswith("FOOTFALL_") and name not in known:
            raise SettingError(f"{name} is not a setting; known: {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environment.get(setting.variable, "").strip() or setting.default
        try:
            values[setting.field] = setting.parse(text)
        except ValueError as error:
            raise SettingError(f"{setting.variable}={text!r} is not understood ({setting.unit}): {error}") from error
    settings = Settings(**values)
    for name in _OF_A_CLUSTER:
        if settings.is_embedded and getattr(settings, name) not in ("", None, "off"):
            raise SettingError(f"FOOTFALL_{name.upper()} is for a cluster of yours: name it in FOOTFALL_REDIS_NODES")
    return settings
