"""Text inside SQL, where a statement takes no bound value: in COPY, in views, in names of files."""


def quote(text: str) -> str:
    """The text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
