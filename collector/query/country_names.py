"""ISO 3166-1 alpha-2 code → English name, from the time zone database's own list (public domain)."""

from importlib.resources import files


def _load() -> dict[str, str]:
    lines = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: NAMES_OF_OUR_OWN.get(code, name) for code, name in rows}


# Where the list is short for a table of time zones, and people say it otherwise.
NAMES_OF_OUR_OWN = {
    "GB": "United Kingdom", "KR": "South Korea", "KP": "North Korea", "BA": "Bosnia and Herzegovina",
    "TT": "Trinidad and Tobago", "VC": "Saint Vincent and the Grenadines", "KN": "Saint Kitts and Nevis",
    "LC": "Saint Lucia", "AG": "Antigua and Barbuda", "ST": "São Tomé and Príncipe", "CI": "Côte d’Ivoire",
    "CD": "DR Congo", "CG": "Congo", "MM": "Myanmar", "AE": "United Arab Emirates",
}  # fmt: skip

COUNTRY_NAMES = _load()
