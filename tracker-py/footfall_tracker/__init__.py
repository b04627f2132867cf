"""Measures pages of a Python server with Footfall. Nothing of it waits, and nothing of it throws into a page."""

from footfall_tracker.current import event, identify, view
from footfall_tracker.sender import Counts
from footfall_tracker.tracker import Tracker
from footfall_tracker.views import track_view
from footfall_tracker.wsgi import Middleware

__all__ = ["Counts", "Middleware", "Tracker", "event", "identify", "track_view", "view"]
