"""What the database says of lines of the log that cannot become rows: to sealer and mirror it must mean the same."""

import duckdb

UNREADABLE = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException)
"""Raised by ``SELECT_FROM_LOG`` (events/columns.py)."""
