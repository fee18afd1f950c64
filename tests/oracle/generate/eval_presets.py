"""Writes tests/oracle/fixtures/eval_presets.json: scores as LaMa, edge-connect, MMagic and TorchMetrics compute them.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/eval_presets.py
Needs Debian's python3-skimage, python3-torch and python3-opencv. "exact" values are the definitions in float64;
"asThere" values have the types and the operations of the projects, so they hold their rounding as well. The formulas
of images and masks stand again, in TypeScript, in tests/unit/evaluation/presets/preset_oracle.ts.
"""
import hashlib
import json
import pathlib
import sys

import cv2
import numpy as np
import skimage
import torch
import torch.nn.functional as F
from skimage.color import rgb2gray
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

COMMAND = "/usr/bin/python3 tests/oracle/generate/eval_presets.py"


def truth_image(width, height, levels, darkest):
    """An rgb255 image with ramps and edges, `levels` levels from `darkest` on, in whole numbers."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return (darkest + (x * 5 + y * 3 + c * 40 + (x * y) % 17 * 4) % levels).astype(np.uint8)


def hole_mask(width, height, period):
    """1 in stripes and a disc; a period of 0 leaves no hole."""
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    if period == 0:
        return np.zeros((height, width), np.uint8)
    disc = (x - width // 2) ** 2 + (y - height // 2) ** 2 < 16
    return (disc | (x % period == 2) | (y % (period + 6) == 4)).astype(np.uint8)


def composite(truth, hole, strength):
    """The truth, moved by up to `strength` levels where the hole is."""
    height, width, _ = truth.shape
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    move = (x * x * 7 + y * y * 11 + x * y * 3 + c * 29) % (2 * strength + 1) - strength
    moved = np.clip(truth.astype(np.int64) + move, 0, 255)
    return np.where(hole[..., None] == 1, moved, truth).astype(np.uint8)


def planes(image, dtype, scale):
    """[1, 3, h, w]."""
    return torch.from_numpy(image.transpose(2, 0, 1)[None].copy()).to(dtype) / scale


def gaussian_window(dtype):
    taps = torch.exp(-(torch.arange(11, dtype=dtype) - 5) ** 2 / (2 * 1.5 ** 2))
    taps = taps / taps.sum()
    return (taps[:, None] * taps[None, :]).expand(3, 1, 11, 11).contiguous()


def similarity_map(a, b, data_range):
    """SSIM of all whole windows of [1, 3, h, w]."""
    def window_mean(values):
        return F.conv2d(values, gaussian_window(values.dtype), groups=3)
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    mu_a, mu_b = window_mean(a), window_mean(b)
    variances = (window_mean(a * a) - mu_a ** 2).clamp(min=0) + (window_mean(b * b) - mu_b ** 2).clamp(min=0)
    covariance = window_mean(a * b) - mu_a * mu_b
    return (2 * mu_a * mu_b + c1) * (2 * covariance + c2) / ((mu_a ** 2 + mu_b ** 2 + c1) * (variances + c2))


def lama(result, truth, dtype):
    a, b = planes(result, dtype, 255), planes(truth, dtype, 255)
    return {"ssim": similarity_map(F.pad(a, (5,) * 4), F.pad(b, (5,) * 4), 1).mean().item()}


def grey(image):
    """rgb2gray of scikit-image 0.14: float32 after every product and every sum."""
    rgb = (image / 255.0).astype(np.float32)
    out = np.float32(0.2125) * rgb[..., 0]
    out += np.float32(0.7154) * rgb[..., 1]
    out += np.float32(0.0721) * rgb[..., 2]
    assert np.abs(out - rgb2gray(rgb)).max() <= 1.2e-7  # the version at hand: another order, same formula
    return out


def edgeconnect(result, truth, dtype):
    a, b = grey(result).astype(dtype), grey(truth).astype(dtype)
    # scikit-image 0.14 computes SSIM in float64 whatever it is given
    wide = a.astype(np.float64), b.astype(np.float64)
    return {
        "psnr": None if (a == b).all() else float(peak_signal_noise_ratio(b, a, data_range=1)),
        "ssim": structural_similarity(wide[1], wide[0], data_range=1, win_size=51) if min(a.shape) >= 51 else None,
        "mae": float(np.sum(np.abs(b - a)) / np.sum(a + b)),
    }


def mmagic(result, truth, hole, dtype):
    a, b = result.astype(dtype), truth.astype(dtype)
    mask = hole[..., None].astype(dtype)
    difference = np.abs(b / dtype(255) - a / dtype(255)) * mask
    square = ((a - b) ** 2).mean()
    taps = cv2.getGaussianKernel(11, 1.5)
    window = taps @ taps.T

    def window_mean(values):
        return cv2.filter2D(values, -1, window)[5:-5, 5:-5]

    def channel(x, y):
        mu_x, mu_y = window_mean(x), window_mean(y)
        variances = window_mean(x * x) - mu_x ** 2 + window_mean(y * y) - mu_y ** 2
        covariance = window_mean(x * y) - mu_x * mu_y
        c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
        return ((2 * mu_x * mu_y + c1) * (2 * covariance + c2)
                / ((mu_x ** 2 + mu_y ** 2 + c1) * (variances + c2))).mean()

    small = min(hole.shape) < 11
    return {
        "mae": float(100 * difference.sum() / (3 * mask.sum() + 1e-12)),
        "psnr": None if square == 0 else float(20 * np.log10(255 / np.sqrt(square))),
        "ssim": None if small else float(np.mean([channel(b[..., c].copy(), a[..., c].copy()) for c in range(3)])),
    }


def torchmetrics_ssim(result, truth, dtype):
    a, b = planes(result, dtype, 1), planes(truth, dtype, 1)
    if min(a.shape[2:]) < 6:
        return {"ssim": None, "ssimInner": None}
    data_range = max(a.max() - a.min(), b.max() - b.min()).item()
    mirrored = [F.pad(values, (5,) * 4, mode="reflect") for values in (a, b)]
    full = similarity_map(*mirrored, data_range)
    inner = full[..., 5:-5, 5:-5]
    return {"ssim": full.mean().item(), "ssimInner": inner.mean().item() if inner.numel() > 0 else None}


def torchmetrics_psnr(pairs, dtype):
    """One state over all pairs, updated in turn."""
    squared_error, count, darkest, brightest = torch.zeros((), dtype=dtype), 0, 0.0, 0.0
    for result, truth in pairs:
        a, b = planes(result, dtype, 1), planes(truth, dtype, 1)
        squared_error = squared_error + ((a - b) ** 2).sum()
        count += b.numel()
        darkest, brightest = min(darkest, b.min().item()), max(brightest, b.max().item())

    def decibels(data_range):
        value = 2 * torch.log(torch.tensor(data_range, dtype=dtype)) - torch.log(squared_error / count)
        return (value * 10 / torch.log(torch.tensor(10.0, dtype=dtype))).item()
    return {"psnr": decibels(255.0), "psnrInferred": decibels(brightest - darkest)}


def case(width, height, levels, darkest, period, strength):
    truth = truth_image(width, height, levels, darkest)
    hole = hole_mask(width, height, period)
    result = composite(truth, hole, strength)

    def scores(torch_type, numpy_type):
        return {
            "lama": lama(result, truth, torch_type),
            "edgeconnect": edgeconnect(result, truth, numpy_type),
            "mmagic": mmagic(result, truth, hole, numpy_type),
            "torchmetrics": torchmetrics_ssim(result, truth, torch_type),
        }
    return (result, truth), {
        "width": width, "height": height, "levels": levels, "darkest": darkest, "period": period,
        "strength": strength, "holes": int(hole.sum()),
        "exact": scores(torch.float64, np.float64), "asThere": scores(torch.float32, np.float32),
    }


def lama_bins():
    """The class of masks with so many hole pixels of so many."""
    edges = np.linspace(0, 1, 11)
    found = []
    for pixels in (10, 64, 1000):
        for tenth in range(11):
            for holes in sorted({pixels * tenth // 10, -(-pixels * tenth // 10), max(0, pixels * tenth // 10 - 1)}):
                flat = torch.zeros(pixels)
                flat[:holes] = 1
                area = flat.mean().numpy()
                index = min(int(np.searchsorted(edges, area, side="right")) - 1, 9)
                found.append([holes, pixels, f"{10 * index}-{10 * index + 10}%"])
    return found


COLOURS = [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (1, 2, 3), (200, 17, 93), (254, 255, 253)]

CASES = [
    (64, 53, 256, 0, 13, 40),
    (51, 51, 120, 30, 9, 12),
    (72, 60, 40, 0, 5, 90),
    (40, 24, 256, 0, 13, 60),  # below 51: no SSIM of edge-connect
    (11, 11, 200, 5, 7, 3),
    (8, 6, 100, 100, 3, 25),  # below 11: windows round every pixel alone
    (9, 5, 256, 0, 4, 30),  # below 6: LaMa's SSIM alone
    (52, 55, 256, 0, 0, 20),  # no hole: equal images
]
here = pathlib.Path(__file__)
pairs, cases = zip(*(case(*numbers) for numbers in CASES))
fixture = {
    "meta": {
        "reference": "skimage, cv2, torch and numpy, by the definitions of lama 786f593, edge-connect c657333 "
                     "(scikit-image 0.14), mmagic 1.2.0 and torchmetrics 1.9.0, 1.7.4, 1.4.1",
        "versions": {"skimage": skimage.__version__, "torch": torch.__version__, "cv2": cv2.__version__,
                     "numpy": np.__version__, "python": sys.version.split()[0]},
        "generatorSha256": hashlib.sha256(here.read_bytes()).hexdigest(),
        "command": COMMAND,
    },
    "cases": cases,
    "pooled": {
        "all": {"exact": torchmetrics_psnr(pairs, torch.float64), "asThere": torchmetrics_psnr(pairs, torch.float32)},
        "secondAndThird": {"exact": torchmetrics_psnr(pairs[1:3], torch.float64),
                           "asThere": torchmetrics_psnr(pairs[1:3], torch.float32)},
    },
    "lamaBins": lama_bins(),
    "grey": [[*colour, float(grey(np.array([[colour]], np.uint8))[0, 0])] for colour in COLOURS],
}
text = json.dumps(fixture, indent=1)
(here.parent.parent / "fixtures" / "eval_presets.json").write_text(text + "\n")
