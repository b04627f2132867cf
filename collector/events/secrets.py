"""Takes out of addresses what must not be stored: credentials, tokens, keys, addresses of people.

Of a page's address only host, path and campaign are kept (url.py). What is here is for the texts that stay: paths,
campaign tags, and addresses that a site puts into properties of its events.
"""

import re

import ada_url

WEB = ("http://", "https://")
HIDDEN = "(hidden)"

# An address of a person, but not a handle such as /@ada@example.social; and a JSON web token.
_PERSONAL = re.compile(
    r"(?<![@\w.%+-])[\w.%+-]{1,64}(?:@|%40)(?:[\w-]+\.)+[a-zA-Z]{2,}|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"
)

# Parameters whose value is a secret, or says who somebody is. Compared in lower case, without - and _.
SECRET_PARAMETERS = frozenset(
    ("accesstoken", "apikey", "apitoken", "auth", "authorization", "authtoken", "bearer", "clientsecret", "code",
     "credential", "credentials", "csrf", "csrftoken", "email", "emailaddress", "idtoken", "invite", "jwt", "key",
     "login", "magic", "mail", "mobile", "nonce", "oauthtoken", "oauthverifier", "otp", "pass", "passcode",
     "passwd", "password", "phone", "phonenumber",
     "pin", "privatekey", "pwd", "refreshtoken", "resettoken", "samlresponse", "secret",
     "secretkey", "sess", "session", "sessionid", "sid", "sig", "sign", "signature", "ssn", "state", "tel", "ticket",
     "token", "user", "username", "xamzcredential", "xamzsecuritytoken", "xamzsignature"),
)  # fmt: skip


def hide_personal(text: str) -> str:
    """The text with addresses of people and web tokens replaced by ``HIDDEN``."""
    if "@" not in text and "%40" not in text and "eyJ" not in text:
        return text
    return _PERSONAL.sub(HIDDEN, text)


def clean_url(text: str) -> str:
    """A web address without user, password, secret parameters and the fragment; another text as it is."""
    if not text.startswith(WEB):
        return text
    try:
        url = ada_url.URL(text)
    except ValueError:
        return text
    url.username = url.password = url.hash = ""
    parts = [part for part in url.search.removeprefix("?").split("&") if part]
    url.search = "&".join(hide_personal(part) for part in parts if not _is_secret(part))
    url.pathname = hide_personal(url.pathname)
    return str(url.href)


def _is_secret(part: str) -> bool:
    name = part.partition("=")[0].lower().replace("%5b", "[").replace("%5d", "]")
    innermost = name.rstrip("]").rpartition("[")[2]  # user[password]
    return innermost.replace("-", "").replace("_", "") in SECRET_PARAMETERS
