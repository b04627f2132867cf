"""The line that a site puts on its pages."""


def write_script_tag(url: str, prefix: str, site_id: str) -> str:
    """The tag of a site. ``url``: where Footfall is, with ``prefix``, its setting ``url_prefix``, at the end."""
    # Without the attribute the tracker sends to /api/v1/events at the host that it came from.
    endpoint = f' data-endpoint="{prefix}/api/v1/events"' if prefix else ""
    return f'<script defer src="{url}/js/footfall.js"{endpoint} data-site="{site_id}"></script>'
