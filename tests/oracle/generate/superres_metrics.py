"""Writes tests/oracle/fixtures/superres_metrics.json: luma, PSNR and SSIM as scikit-image and NumPy compute them.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/superres_metrics.py
Needs Debian's python3-skimage. The formulas of the pictures stand again, in TypeScript, in
tests/unit/metrics/metrics_oracle.ts, whose pictures these are.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import skimage
from skimage.color import rgb2ycbcr
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

COMMAND = "/usr/bin/python3 tests/oracle/generate/superres_metrics.py"
RIM = 5  # half of the 11 taps: scikit-image pads there, the windows are not whole


def pattern(width, height):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * 5 + y * 3 + c * 40 + (x * y) % 17 * 4) % 256).astype(np.uint8)


def damaged(image, strength):
    height, width, _ = image.shape
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    move = (x * x * 7 + y * y * 11 + x * y * 3 + c * 29) % (2 * strength + 1) - strength
    return np.clip(image.astype(np.int64) + move, 0, 255).astype(np.uint8)


def luma(image):
    return rgb2ycbcr(image)[..., 0]  # float64, not rounded


def full(image):
    return image.astype(np.float64) @ [65.481, 128.553, 24.966] / 219


def ssim(a, b, **axis):
    if min(a.shape[:2]) < 11:
        return None
    _, windows = structural_similarity(
        a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
        data_range=255, full=True, **axis,
    )
    return windows[RIM:-RIM, RIM:-RIM].mean()


def case(width, height, strength, border):
    truth = pattern(width, height)
    actual = damaged(truth, strength) if strength else 255 - truth
    keep = slice(border, -border or None)
    a, b = actual[keep, keep], truth[keep, keep]
    psnr = lambda f: peak_signal_noise_ratio(f(b), f(a), data_range=255)
    return {
        "border": border,
        "lumaSum": luma(a).sum(), "lumaAt7": luma(a).ravel()[7],
        "psnrY": psnr(luma), "psnrFull": psnr(full), "psnrRgb": psnr(lambda image: image),
        "ssimY": ssim(luma(a), luma(b)), "ssimFull": ssim(full(a), full(b)),
        "ssimRgb": ssim(a, b, channel_axis=-1),
    }


here = pathlib.Path(__file__)
fixture = {
    "meta": {
        "reference": "skimage.color.rgb2ycbcr, skimage.metrics; full range by NumPy's product with MATLAB's weights",
        "versions": {"skimage": skimage.__version__, "numpy": np.__version__,
                     "python": sys.version.split()[0]},
        "generatorSha256": hashlib.sha256(here.read_bytes()).hexdigest(),
        "command": COMMAND,
    },
    # the pictures of ssim.py, in its order; the last is the inverted one
    "cases": [case(11, 11, 20, 2), case(17, 29, 3, 3), case(40, 24, 60, 4), case(48, 48, 1, 0),
              case(32, 23, 0, 2)],
}
(here.parent.parent / "fixtures" / "superres_metrics.json").write_text(
    json.dumps(fixture, indent=2) + "\n"
)
