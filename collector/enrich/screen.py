"""Width of the viewport → the class of screen that a page is laid out for."""

from bisect import bisect_right

# A class, and the first width that is too wide for it, in CSS px.
SCREENS = (("mobile", 576), ("tablet", 992), ("laptop", 1440), ("desktop", None))
_NAMES = [name for name, _ in SCREENS]
_BELOW = [below for _, below in SCREENS if below is not None]


def name_screen(width: int) -> str:
    """``mobile``, ``tablet``, ``laptop`` or ``desktop``."""
    return _NAMES[bisect_right(_BELOW, width)]
