"""runlight in a Flask application, as its README says; without its limit of 120 requests a minute from an address."""

import os

import runlight.flask
from flask import Flask
from runlight import Runlight
from runlight.store import Stores

app = Flask("runlight_app")
runlight.flask.init_app(
    app,
    Runlight(
        store=Stores.sqlite(os.path.join(os.environ["BENCH_FOLDER"], "runlight.db")),
        site={"name": "shop.example", "hostnames": ["shop.example"]},
        rate_limit=False,
    ),
    token="bench",
)
