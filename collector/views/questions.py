"""/api/v1/questions/<id>: answers that somebody comes back for; asked with ``Prefer: respond-async``."""

from flask import Blueprint, Response, current_app

from collector.errors import Problem
from collector.query.jobs import Job, Jobs
from collector.views.access import require_access, require_site
from collector.views.answers import TICKET, make_answer, make_ticket
from collector.views.operation import Content, Operation, Parameter, describe

blueprint = Blueprint("questions", __name__)

PATH = "/api/v1/questions/<question_id>"
_ID = Parameter("question_id", "as the 202 said", {"type": "string"}, "path")


@blueprint.get(PATH, strict_slashes=False)
@describe(
    Operation(
        "The answer to a question that was asked before",
        "questions",
        "read",
        {200: Content("the answer", {"type": "object"}, ("application/json", "text/csv")), 202: TICKET},
        problems=(401, 403, 404, 409, 503),
        parameters=(_ID,),
    )
)
def get_question(question_id: str) -> Response:
    job = _find(question_id)
    if job.problem is not None:
        raise job.problem
    return make_answer(*job.result) if job.state == "done" else make_ticket(job)


@blueprint.delete(PATH, strict_slashes=False)
@describe(
    Operation(
        "Cancels it, or forgets its answer",
        "questions",
        "read",
        {204: Content("it is gone", types=())},
        problems=(401, 403, 404),
        parameters=(_ID,),
    )
)
def delete_question(question_id: str) -> Response:
    _jobs().cancel(_find(question_id))
    return Response(status=204)


def _find(question_id: str) -> Job:
    require_access()
    job = _jobs().find(question_id)
    if job is None:
        raise Problem("unknown_question", "there is no such question, or its answer is not kept any more", status=404)
    require_site("read", job.site_id)
    return job


def _jobs() -> Jobs:
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs
