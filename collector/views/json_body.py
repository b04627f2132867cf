"""The JSON body of a request."""

from typing import Any

import msgspec
from flask import request

from collector.errors import Problem


def read_json() -> Any:
    """The decoded body. Raises Problem when it is no JSON."""
    try:
        return msgspec.json.decode(request.get_data(cache=False))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("malformed_json", f"the body is no JSON: {error}", pointer="") from error
