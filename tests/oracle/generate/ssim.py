"""Writes tests/oracle/fixtures/ssim.json: image metrics as scikit-image and NumPy compute them.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/ssim.py
Needs Debian's python3-skimage. The formulas of images and mask stand again, in TypeScript, in
tests/unit/metrics/metrics_oracle.ts.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import skimage
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

COMMAND = "/usr/bin/python3 tests/oracle/generate/ssim.py"
RIM = 5  # half of the 11 taps: windows centred there would reach over the edge


def pattern(width, height):
    """An rgb255 image with ramps and edges, in whole numbers so that every language agrees."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * 5 + y * 3 + c * 40 + (x * y) % 17 * 4) % 256).astype(np.uint8)


def damaged(image, strength):
    """The image moved by up to `strength` levels, by a pattern with no period of its own."""
    height, width, _ = image.shape
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    move = (x * x * 7 + y * y * 11 + x * y * 3 + c * 29) % (2 * strength + 1) - strength
    return np.clip(image.astype(np.int64) + move, 0, 255).astype(np.uint8)


def hole_mask(width, height):
    """1 in two stripes and a disc."""
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    disc = (x - width // 2) ** 2 + (y - height // 2) ** 2 < 16
    return (disc | (x % 13 == 2) | (y % 19 == 7)).astype(np.uint8)


def case(width, height, strength):
    expected = pattern(width, height)
    actual = damaged(expected, strength) if strength > 0 else 255 - expected
    hole = hole_mask(width, height).astype(bool)
    mean, full = structural_similarity(
        actual, expected, channel_axis=-1, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False, data_range=255, full=True)
    inner = full[RIM:-RIM, RIM:-RIM]
    assert abs(inner.mean() - mean) < 1e-12  # scikit-image crops the same rim
    difference = np.abs(actual.astype(np.float64) - expected)
    hole_square = (difference[hole] ** 2).mean()
    return {
        "width": width, "height": height, "strength": strength,
        "ssim": inner.mean(),
        "ssimHole": inner[hole[RIM:-RIM, RIM:-RIM]].mean(),
        "psnr": peak_signal_noise_ratio(expected, actual, data_range=255),
        "psnrHole": 10 * np.log10(255 ** 2 / hole_square),
        "l1": 100 * difference.mean() / 255,
        "l1Hole": 100 * difference[hole].mean() / 255,
    }


here = pathlib.Path(__file__)
fixture = {
    "meta": {
        "reference": "skimage.metrics.structural_similarity and peak_signal_noise_ratio; numpy for the rest",
        "versions": {"skimage": skimage.__version__, "numpy": np.__version__,
                     "python": sys.version.split()[0]},
        "generatorSha256": hashlib.sha256(here.read_bytes()).hexdigest(),
        "command": COMMAND,
    },
    # strength 0 stands for the inverted image, where similarity is negative
    "cases": [case(11, 11, 20), case(17, 29, 3), case(40, 24, 60), case(48, 48, 1), case(32, 23, 0)],
}
(here.parent.parent / "fixtures" / "ssim.json").write_text(json.dumps(fixture, indent=2) + "\n")
