"""The pages of a site in the dashboard, in the order of their tabs. static/js/pages/ has a module for each."""

from typing import NamedTuple


class SitePage(NamedTuple):
    """A page. ``path`` is its part of the address, empty for the first; ``about`` its heading for those who listen."""

    name: str
    title: str
    path: str
    about: str


SITE_PAGES: tuple[SitePage, ...] = (
    SitePage("overview", "Overview", "", "visitors and what they did"),
    SitePage("behaviour", "Behaviour", "behaviour", "where visits begin and end, how fast pages are, what annoys"),
    SitePage("goals", "Goals", "goals", "goals, what led to them, and segments"),
    SitePage("funnel", "Funnel", "funnel", "how many come through some steps"),
    SitePage("retention", "Retention", "retention", "who comes back"),
    SitePage("journeys", "Journeys", "journeys", "where visits go, step by step"),
    SitePage("page-map", "Clicks & scroll", "page-map", "one page: clicks by place and element, and scrolling"),
    SitePage("sessions", "Sessions", "sessions", "single sessions, page views and interactions"),
    SitePage("live", "Live", "live", "what happens now"),
)

SESSION_PAGE = SitePage("session", "Session", "sessions", "what happened in it")
"""One session's own page: no tab, but that of the list is its own."""

BY_PATH = {page.path: page for page in SITE_PAGES}
