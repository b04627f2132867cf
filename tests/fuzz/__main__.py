"""Many inputs for the collector: `python -m tests.fuzz [--runs 1000000] [--seed N] [--guided]`.

Inputs are changed at random; with `--guided` (`pip install atheris`) what the code does with one guides the next. Ends
with status 1 at the first input that raises what is nobody's intention, and shows it.
"""

import argparse
import copy
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz.mutate import MOST_BYTES, mutate, mutate_values, write
from tests.fuzz.seeds import BODY, build_seeds, build_values, build_words

NEW_IN = 50  # a changed input in so many is kept, and changed again


def run_random(runs: int, seed: int) -> Counter[str]:
    """What became of ``runs`` inputs. Raises what an input raised, with the input in a note."""
    from tests.fuzz.target import run

    dice, pool, words, values = random.Random(seed), build_seeds(), build_words(), build_values()
    first = len(pool)
    became: Counter[str] = Counter()
    for number in range(runs):
        if number < first:
            data = pool[number]
        elif number % 2:
            data = mutate(dice.choice(pool), dice.choice(pool), words, dice)
        else:
            body = mutate_values(copy.deepcopy(BODY), values, dice)
            data = bytes([dice.randrange(256)]) + write(body, dice)
        try:
            became[run(data)] += 1
        except Exception as error:
            error.add_note(f"input: {data!r}")
            raise
        if number % NEW_IN == 0 and number >= first:
            pool[dice.randrange(first)] = data
    return became


def run_guided(runs: int, seed: int) -> None:
    """The same with atheris, which ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["collector.events", "collector.ingest", "collector.enrich"]):
        from tests.fuzz.target import run

    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, data in enumerate(build_seeds()):
            (corpus / f"{number:05}").write_bytes(data)
        escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in build_words())
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        options = [f"-runs={runs}", f"-seed={seed}", f"-max_len={MOST_BYTES}", f"-dict={words}", "-rss_limit_mb=1500"]
        options.append(f"-artifact_prefix={folder}/")  # what it found, it prints as well
        atheris.Setup(["fuzz", str(corpus), *options, "-print_final_stats=1"], run)
        atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="with atheris")
    given = parser.parse_args()
    if given.guided:
        run_guided(given.runs, given.seed)
        return 0
    started = time.monotonic()
    try:
        became = run_random(given.runs, given.seed)
    except Exception:
        traceback.print_exc()
        return 1
    for what, times in became.most_common():
        print(f"{times:9,}  {what}")
    print(f"{given.runs:9,}  inputs in {time.monotonic() - started:.0f} s, no uncaught error")
    return 0


if __name__ == "__main__":
    sys.exit(main())
