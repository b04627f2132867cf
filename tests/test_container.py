"""deploy/Containerfile, without a container engine: what it copies is there, builds, and starts what there is.

INVENTORY S3-05. The image itself is not built here: its base comes from a registry.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

from collector.__main__ import COMMANDS
from collector.settings import load_settings
from tests.service import Service

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


class Step(NamedTuple):
    """One instruction of the file, in the stage of that number."""

    stage: int
    word: str
    rest: str


def read_steps() -> list[Step]:
    text = (ROOT / "deploy/Containerfile").read_text().replace("\\\n", " ")
    steps: list[Step] = []
    stage = -1
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        steps.append(Step(stage, word, " ".join(rest.split())))
    return steps


STEPS = read_steps()
LAST = STEPS[-1].stage


def rests(word: str, stage: int = LAST) -> list[str]:
    return [step.rest for step in STEPS if step.word == word and step.stage == stage]


def copied_from_here() -> list[str]:
    copies = [shlex.split(step.rest) for step in STEPS if step.word == "COPY" and "--from" not in step.rest]
    return [source for *sources, _ in copies for source in sources]


def test_every_file_that_it_copies_is_there_and_sent_to_the_builder() -> None:
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert copied_from_here() == sent
    for source in sent:
        assert (ROOT / source).exists(), source
        tracked = subprocess.run(["git", "ls-files", source], cwd=ROOT, capture_output=True, check=True).stdout
        assert tracked, source
    assert any(step.rest.startswith("--from=build ") for step in STEPS if step.word == "COPY")
    assert rests("FROM", 0)[0].endswith(" AS build")


def test_it_installs_what_the_project_names_at_the_pinned_versions() -> None:
    (install,) = [shlex.split(rest) for rest in rests("RUN", 0) if "pip install" in rest]
    assert install[install.index("-c") + 1] == "constraints.txt"
    extras = re.fullmatch(r"\.\[(\w+)\]", install[-1])
    assert extras
    assert extras[1] in PROJECT["optional-dependencies"]
    names = {_plain(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"][extras[1]]]
    assert [each for each in asked if _plain(Requirement(each).name) not in names] == []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_it_copies_is_enough_to_build_the_package_with_all_its_data(tmp_path: Path) -> None:
    for source in copied_from_here():
        here, there = ROOT / source, tmp_path / "src" / source
        there.parent.mkdir(exist_ok=True)
        (shutil.copytree if here.is_dir() else shutil.copy)(here, there)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), "."]
    subprocess.run(command, cwd=tmp_path / "src", check=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "collector"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in tracked.stdout.split("\n") if name and name not in packed] == []


def test_it_starts_a_command_that_there_is_as_nobody_special() -> None:
    (entry,), (word,) = (json.loads(rests(each)[0]) for each in ("ENTRYPOINT", "CMD"))
    assert entry in PROJECT["scripts"]
    assert word in COMMANDS
    (user,) = rests("USER")
    assert user != "root"
    assert re.search(rf"useradd .*--home-dir {rests('VOLUME')[0]} {user}$", rests("RUN")[0]), "the volume is its own"
    assert [step.word for step in STEPS if step.stage == LAST].index("USER") < len(STEPS) - 1
    environment = dict(pair.split("=", 1) for pair in shlex.split(rests("ENV")[0]))
    settings = load_settings(environment)
    assert str(settings.data_dir) == rests("VOLUME")[0] == rests("WORKDIR")[0]
    assert [str(settings.port)] == rests("EXPOSE")


def test_it_names_no_host_but_its_own() -> None:
    hosts = {re.sub(r"[:/{].*", "", address) for step in STEPS for address in re.findall(r"://(\S+)", step.rest)}
    assert hosts == {"127.0.0.1"}
    assert {rest.partition(":")[0] for stage in (0, LAST) for rest in rests("FROM", stage)} == {"python"}


@pytest.mark.parametrize("is_there", [True, False])
def test_it_is_well_as_long_as_the_process_answers(embedded_service: Service, is_there: bool) -> None:
    (check,) = rests("HEALTHCHECK")
    (_, *arguments) = json.loads(check.partition("CMD ")[2])
    settings = {} if is_there else {"FOOTFALL_URL_PREFIX": "/elsewhere"}
    ended = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **embedded_service.environment, **settings},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert (ended.returncode == 0) == is_there
