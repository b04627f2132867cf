"""Width of the viewport → the class of screen that a page is laid out for."""

# First row whose width is not reached, in CSS px.
SCREENS = ((576, "mobile"), (992, "tablet"), (1440, "laptop"))
WIDEST = "desktop"


def name_screen(width: int) -> str:
    """``mobile``, ``tablet``, ``laptop`` or ``desktop``."""
    return next((name for below, name in SCREENS if width < below), WIDEST)
