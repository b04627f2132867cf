"""xem's application, with the event log that `python -m xem` would give it."""

import os

from xem.server import app

app.config["event_log"] = os.path.join(os.environ["BENCH_FOLDER"], "EventLog.jsonl.gz")
