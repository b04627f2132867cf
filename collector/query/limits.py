"""What one question may cost at most. A question over a limit is refused before any work starts.

The dashboard's largest question uses 8 metrics, 2 dimensions and 6 filters, so each limit leaves room of
several times what a person asks, and none of them lets a body of a few bytes start minutes of work.
"""

MAX_METRICS = 50
MAX_DIMENSIONS = 5

MAX_FILTER_DEPTH = 8
"""Levels of and, or and not, the comparison included. DuckDB itself gives up at 1,000."""

MAX_FILTERS = 100
"""Comparisons, and, or, not and has_done of one question together."""

MAX_EXPANDED = 1_000
"""The same with the filters of the goals and segments that the question names."""

MAX_VALUES = 1_000
"""Values that all filters of one question compare with together."""

MAX_PARTS = 100
"""Values of one contains. Each costs a search in every event: 1,000 took 2.3 s over 1 M events, is 0.03 s."""

MAX_PATTERNS = 20
"""Regular expressions of one question. The worst that RE2 takes cost 0.3 s each over 1 M events."""

MAX_DONE = 10
"""has_done and has_not_done of one question: each reads the range once more."""

MAX_VALUE_CHARACTERS = 2_000

MAX_NUMBER = 1e15
"""Of greater_than and the like, to either side of 0."""

MAX_ROWS = 10_000
"""Rows of one answer (as Plausible's); more are read page by page."""

MAX_OFFSET = 10_000_000

MAX_BUCKETS = 10_000
"""Time buckets of one range: 27 years of days, 416 days of hours, or a week of minutes."""

MAX_NAMED = 100
"""Goals of one site, and saved segments of one site."""

MAX_GOAL_FILTERS = 10
"""Filters of one goal: event:goal as a dimension asks all of them of every event."""

MAX_NAME_CHARACTERS = 120
"""Of a goal's or segment's name, and of a property in event:props:."""

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years a range may touch. Bucket numbers count from 1970 on and are never negative."""
