"""Changes an input a little, as a fuzzer does: its bytes, or the values of the JSON that they are."""

import json
import random
from typing import Any

MOST_BYTES = 6000


def mutate_values(body: Any, values: list[Any], dice: random.Random) -> Any:
    """The JSON value with some of its values changed for others, taken out, or doubled. Changes what it is given."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        node = body
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = dice.choice(keys)
            if isinstance(node[key], dict | list) and dice.random() < 0.8:
                node = node[key]
                continue
            match dice.randrange(6):
                case 0:
                    del node[key]
                case 1 if isinstance(node, list):
                    node.append(node[key])
                case 1:
                    node[str(dice.choice(values))] = dice.choice(values)
                case _:
                    node[key] = dice.choice(values)
            break
    return body


def write(body: Any, dice: random.Random) -> bytes:
    """The value as JSON, in one of the ways that JSON is written."""
    text = json.dumps(body, ensure_ascii=dice.random() < 0.5, indent=dice.choice((None, None, 1)))
    return text.encode("utf-8", "surrogatepass")


def mutate(data: bytes, other: bytes, words: list[bytes], dice: random.Random) -> bytes:
    """The bytes changed: cut, doubled, joined, overwritten, or with a word or a piece of ``other`` put in."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        at, end = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
        match dice.randrange(6):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:end] + data[at:]
            case 2:
                cut = dice.randrange(len(other) + 1)
                data = data[:at] + other[cut : cut + 50] + data[at:]
            case 3:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
            case 4:
                data = data[:at] + dice.choice(words) + data[at:]
            case 5:
                word = dice.choice(words)
                data = data[:at] + word + data[at + len(word) :]
    return data[:MOST_BYTES]
