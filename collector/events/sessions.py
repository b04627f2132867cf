"""Events that open and end a session where the sender does so itself (POST /api/v1/sessions); others need none."""

SESSION_START, SESSION_END = "session_start", "session_end"

END_REASONS = ("api", "logout")
"""Why a sender ends a session: the ``reason`` of its ``SESSION_END``."""
