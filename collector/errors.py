"""The few errors of Footfall. Every one that reaches a client leaves as RFC 9457 problem+json.

``code`` is for programs, ``detail`` for people; ``pointer`` is the JSON pointer (RFC 6901) of the field that
is wrong. views/problems.py makes the one answer out of them.
"""


class FootfallError(Exception):
    """Root of all errors that Footfall raises on purpose."""


class SettingError(FootfallError):
    """A setting is unknown or malformed; the process refuses to start."""


class StartError(FootfallError):
    """The process cannot start; the message is one sentence that says what to do."""


class StoreUnavailable(FootfallError):
    """The store did not confirm a write within the deadline; nothing may be called accepted."""


class Problem(FootfallError):
    """A request that is refused. ``status`` is the HTTP status, 4xx or 5xx.

    ``retry_after_seconds``: when the same request may be good; of a 503 somebody else knows.
    """

    status = 400

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        pointer: str | None = None,
        status: int | None = None,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds
        self.code = code
        self.detail = detail
        self.pointer = pointer
        if status is not None:
            self.status = status

    def as_json(self) -> dict[str, object]:
        """The problem document's members, without those that are not set."""
        document: dict[str, object] = {
            "type": f"urn:footfall:problem:{self.code}",
            "title": self.code.replace("_", " "),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.pointer is not None:
            document["pointer"] = self.pointer
        return document
