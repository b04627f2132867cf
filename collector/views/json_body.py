"""The JSON body of a request, decoded into a type."""

from typing import Any, TypeVar

import msgspec
from flask import request

from collector.errors import Problem
from collector.events.decode import locate

Type = TypeVar("Type")


def read_body(type_: type[Type]) -> Type:
    """The body as a value of ``type_``. Raises Problem (400) that names the field."""
    try:
        return msgspec.json.decode(request.get_data(cache=False), type=type_)
    except msgspec.ValidationError as error:
        what, pointer = locate(error)
        raise Problem("invalid_field", what, pointer=pointer) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("malformed_json", f"the body is no JSON: {error}", pointer="") from error


def read_json() -> Any:
    """The body, whatever it holds. Raises Problem (400) when it is no JSON."""
    return read_body(Any)
