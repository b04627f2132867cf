"""The JavaScript client, built as it is packed, and programs that use it."""

import json
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "client-js"


def run(folder: Path, *command: str | Path, given: bytes | None = None) -> str:
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


def compile_(folder: Path, *arguments: str | Path) -> str:
    """Run the client's TypeScript compiler."""
    return run(folder, FOLDER / "node_modules/.bin/tsc", *arguments)


def run_program(built: Path, program: str, **given: Any) -> Any:
    """What a program says: it gets ``given`` and has ``footfall-client`` as ``client``, and must end by itself."""
    text = f"""
import * as client from {json.dumps(str(built / "index.js"))};
const given = {json.dumps(given)};
const say = (value) => console.log(JSON.stringify(value));
{program}
"""
    return json.loads(run(built, "node", "--input-type=module", "--eval", text))
