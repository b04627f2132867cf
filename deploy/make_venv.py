"""Make the virtual environment that `make` works in. Says what is missing in one sentence.

Usage: python3 deploy/make_venv.py FOLDER [EXTRA ...]

It runs on whatever `python3` is, so it is written for old versions too, and looks for a newer one itself.
"""

from __future__ import print_function

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def fail(sentence):
    print("footfall: " + sentence, file=sys.stderr)
    sys.exit(1)


def use_new_enough_python():
    """Go on in a newer interpreter when this one is too old."""
    if sys.version_info[:2] >= OLDEST:
        return
    which = getattr(shutil, "which", lambda name: None)
    for name in NEWER:
        path = which(name)
        if path:
            os.execv(path, [path] + sys.argv)
    fail(
        "Python 3.11 or newer is needed, and python3 is {}.{}: install one, or name it with "
        "PYTHON=/path/to/python3.12.".format(*sys.version_info[:2])
    )


def run(arguments, why):
    """Run a command quietly; on failure show the end of what it said and one sentence."""
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode != 0:
        print("\n".join(said.splitlines()[-15:]), file=sys.stderr)
        fail(why)


def try_fast_parser(pip):
    """Add gunicorn's C parser where there is a compiler; without it everything works, a little slower."""
    quiet = open(os.devnull, "w")
    arguments = [pip, "install", "-q", "-c", "constraints.txt", "gunicorn_h1c"]
    if subprocess.call(arguments, cwd=ROOT, stdout=quiet, stderr=quiet) != 0:
        print("footfall: no C compiler, so HTTP is parsed in Python (slower); install gcc and python3-dev for C.")


def main():
    use_new_enough_python()
    folder, extras = os.path.abspath(sys.argv[1]), sys.argv[2:]
    python, pip = os.path.join(folder, "bin", "python"), os.path.join(folder, "bin", "pip")
    if not os.path.exists(pip):
        run(
            [sys.executable, "-m", "venv", folder],
            "Python's venv module does not work here: on Debian or Ubuntu, apt-get install python3-venv.",
        )
    print("footfall: installing into {} (once; a minute or two) …".format(os.path.relpath(folder, os.getcwd())))
    sys.stdout.flush()
    target = ".[{}]".format(",".join(extras)) if extras else "."
    run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", "constraints.txt", "-e", target],
        "Installing the Python packages failed: what pip said is above.",
    )
    try_fast_parser(pip)


main()
