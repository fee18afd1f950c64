"""Writes tests/oracle/fixtures/resample.json: pictures resized by Pillow and by loops after MATLAB's imresize.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/resample.py
Needs Debian's python3-pil and python3-numpy. The picture stands again, in TypeScript, in
tests/unit/data/resample_test.ts.
"""
import hashlib
import json
import math
import pathlib
import sys

import numpy as np
import PIL
from PIL import Image

COMMAND = "/usr/bin/python3 tests/oracle/generate/resample.py"
WIDTH, HEIGHT = 17, 12


def picture():
    y, x = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), indexing="ij")
    return ((x * 13 + y * 29 + (x * y) % 7 * 11) % 256).astype(np.float64)


def cubic(x):
    t = abs(x)
    if t <= 1:
        return 1.5 * t**3 - 2.5 * t**2 + 1
    return -0.5 * t**3 + 2.5 * t**2 - 4 * t + 2 if t < 2 else 0.0


def axis(values, size):
    """imresize along the first axis, in float64: widened kernel, mirrored edges."""
    n = values.shape[0]
    scale = size / n
    wide = max(1.0, 1 / scale)
    rows = []
    for o in range(size):
        centre = (o + 0.5) / scale - 0.5
        taps = range(math.floor(centre - 2 * wide), math.ceil(centre + 2 * wide) + 1)
        weights = np.array([cubic((i - centre) / wide) for i in taps])
        weights /= weights.sum()
        index = [i % (2 * n) for i in taps]
        index = [i if i < n else 2 * n - 1 - i for i in index]
        rows.append(sum(w * values[i] for w, i in zip(weights, index)))
    return np.array(rows)


def main():
    path = pathlib.Path(__file__)
    cases = []
    for width, height in [(34, 24), (26, 18), (8, 6), (5, 4), (20, 9)]:
        loops = axis(axis(picture().T, width).T, height)
        pillow = {
            name: np.asarray(
                Image.fromarray(picture().astype(np.float32), "F").resize((width, height), kernel)
            )
            for name, kernel in {
                "bicubic": Image.Resampling.BICUBIC,
                "bilinear": Image.Resampling.BILINEAR,
                "lanczos": Image.Resampling.LANCZOS,
            }.items()
        }
        cases.append({
            "width": width,
            "height": height,
            "loops": [round(v, 6) for v in loops.flatten().tolist()],
            "pillow": {k: [round(float(v), 4) for v in a.flatten()] for k, a in pillow.items()}
            if width * height < 400
            else None,
        })
    document = {
        "meta": {
            "reference": f"MATLAB's imresize as float64 loops; Pillow {PIL.__version__} resize of float32",
            "command": COMMAND,
            "generatorSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "cases": cases,
    }
    out = path.parent.parent / "fixtures" / "resample.json"
    out.write_text(json.dumps(document) + "\n")
    print(f"wrote {out}, {out.stat().st_size} bytes", file=sys.stderr)


main()
