"""Sizes and times as people read them."""


def show_bytes(size: float) -> str:
    """``4.2 MB``; decimal, three digits at most."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5:
            return f"{size:.3g} {unit}" if unit != "B" else f"{size:.0f} B"
        size /= 1000
    return f"{size:,.1f} TB"


def show_seconds(seconds: float) -> str:
    """``3 s``, ``12 min``, ``5 h``, ``4 days``: the largest unit of which there are at least two."""
    for most, one, unit in ((120, 1, "s"), (7200, 60, "min"), (172_800, 3600, "h")):
        if seconds < most:
            return f"{seconds / one:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"
