"""The site that a request without a body means: ``?site=``, or the one that its token is for."""

from flask import request

from collector.errors import Problem
from collector.storage.sites import Site
from collector.storage.tokens import Right
from collector.views.access import find_access, require_site
from collector.views.operation import Parameter

SITE_PARAMETER = Parameter("site", "the site; may be left out when the token is for one alone", {"type": "string"})


def require_named_site(right: Right) -> Site:
    """The site, if the request has ``right`` there. Raises Problem: 400 when none is named, or as require_site."""
    named = request.args.getlist("site")
    access = find_access()
    if not named and access is not None:
        if len(access.sites) != 1:
            raise Problem("missing_site", "name a site: ?site=…", pointer="/site")
        named = list(access.sites)
    if len(named) > 1:
        raise Problem("invalid_parameter", "site: is given twice", pointer="/site")
    return require_site(right, named[0] if named else None)
