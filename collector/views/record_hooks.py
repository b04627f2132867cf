"""Functions of the operator's own that give single records the form in which they are answered.

``FOOTFALL_RECORD_HOOKS`` names one a resource. It takes the record as a dict and gives the one to send. A record whose
function fails is not answered at all: what it would have taken out must not be seen.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

import msgspec
from flask import current_app

from collector.errors import Problem, StartError
from collector.settings import RecordHook

Record = Mapping[str, Any]
Hook = Callable[[dict[str, Any]], dict[str, Any]]

log = logging.getLogger("footfall")


class RecordHooks:
    """The functions, loaded. Raises StartError when one is not there."""

    def __init__(self, named: Iterable[RecordHook]) -> None:
        self._hooks = {hook.resource: _load(hook) for hook in named}

    def shape(self, resource: str, record: Record) -> Record | msgspec.Raw:
        """The record as it is to be sent. Raises Problem (500) naming the resource when its function fails."""
        hook = self._hooks.get(resource)
        if hook is None:
            return record
        try:
            shaped = hook(dict(record))
            if not isinstance(shaped, dict):
                raise TypeError(f"it gave {type(shaped).__name__}, not a dict")
            return msgspec.Raw(msgspec.json.encode(shaped))
        except Exception as error:  # whatever somebody else's code raises
            log.exception("the record hook of %s failed", resource)
            detail = f"the hook of {resource} in FOOTFALL_RECORD_HOOKS failed; it is logged"
            raise Problem("record_hook_failed", detail, status=500) from error


def shape_record(resource: str, record: Record) -> Record | msgspec.Raw:
    """The record as it is to be sent, with the session in it, if it was expanded. Raises Problem (500)."""
    hooks: RecordHooks = current_app.extensions["record_hooks"]
    if isinstance(record.get("session"), dict):
        record = {**record, "session": hooks.shape("sessions", record["session"])}
    return hooks.shape(resource, record)


def _load(hook: RecordHook) -> Hook:
    try:
        found = getattr(import_module(hook.module), hook.function)
    except Exception as error:  # importing runs somebody else's code
        raise StartError(f"FOOTFALL_RECORD_HOOKS: {hook} cannot be loaded: {error!r}") from error
    if not callable(found):
        raise StartError(f"FOOTFALL_RECORD_HOOKS: {hook} is no function")
    loaded: Hook = found
    return loaded
