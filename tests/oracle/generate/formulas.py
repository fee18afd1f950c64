"""Inputs from formulas and the writing of fixtures, for all generators that need PyTorch.

The formulas stand again, in TypeScript, in tests/support/formula_tensor.ts.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import torch

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent


def formula_tensor(shape, kind="sine", phase=0, scale=1, shift=0):
    """float64 tensor, of numbers that float32 can hold, in row-major order of `shape`."""
    i = np.arange(int(np.prod(shape)), dtype=np.float64)
    if kind == "sine":
        value = np.sin(0.7 * i + 0.013 * i * i + phase)
    else:
        value = ((i * 37 + 11 * phase) % 101) / 50 - 1
    return torch.from_numpy((scale * value + shift).astype(np.float32).astype(np.float64).reshape(shape))


def formula_mask(kinds, height, width):
    """validMask [n, h, w, 1], 1 = known, one kind per item."""
    mask = np.zeros((len(kinds), height, width, 1))
    for item, kind in enumerate(kinds):
        for y in range(height):
            for x in range(width):
                mask[item, y, x, 0] = {
                    "full": 1,
                    "empty": 0,
                    "block": 3 * x < width or y == height - 1,
                    "speckle": (3 * x + 5 * y + x * y) % 7 > 1,
                }[kind]
    return torch.from_numpy(mask)


def to_nchw(x):
    return x.permute(0, 3, 1, 2).contiguous()


def to_nhwc(x):
    return x.permute(0, 2, 3, 1).contiguous()


def values(x):
    """A tensor as the fixtures hold it: numbers in one string, so that formatters leave them on one line."""
    x = x.detach()
    return {"shape": list(x.shape), "data": " ".join("%.8g" % v for v in x.reshape(-1).tolist())}


def write_fixture(name, sources, reference, cases):
    """Writes fixtures/NAME.json. `sources` are the files of this folder whose text decides the numbers, the one to
    run first."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update((HERE / source).read_bytes())
    fixture = {
        "meta": {
            "reference": reference,
            "torch": torch.__version__,
            "python": sys.version.split()[0],
            "seed": "none: all inputs are formulas",
            "sources": sources,
            "generatorSha256": digest.hexdigest(),
            "command": "/usr/bin/python3 -B tests/oracle/generate/%s" % sources[0],
        },
        "cases": cases,
    }
    text = json.dumps(fixture, indent=2) + "\n"
    assert len(text) < 50_000, "%s: %d bytes" % (name, len(text))
    (HERE.parent / "fixtures" / ("%s.json" % name)).write_text(text)
