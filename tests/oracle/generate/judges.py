"""Writes tests/oracle/fixtures/judges.json: posteriors of AlexNet and VGG-16, and LPIPS over both, narrow, with formula
weights.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/judges.py
Needs Debian's python3-torch. The formulas of weights and pictures stand again, in TypeScript, in
tests/support/formula_chain.ts. Builds are written from torchvision's alexnet.py and vgg.py and from
richzhang/PerceptualSimilarity, lpips/lpips.py, version 0.1.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F

from formulas import formula_tensor, values, write_fixture

# Place in `features`: (kernel, stride, pad) of a convolution with ReLU, or (size, stride) of a max pool.
ALEXNET = {0: (11, 4, 2), 2: (3, 2), 3: (5, 1, 2), 5: (3, 2), 6: (3, 1, 1), 8: (3, 1, 1), 10: (3, 1, 1), 12: (3, 2)}
VGG16 = {}
for convs, pool in [((0, 2), 4), ((5, 7), 9), ((10, 12, 14), 16), ((17, 19, 21), 23), ((24, 26, 28), 30)]:
    VGG16.update({place: (3, 1, 1) for place in convs})
    VGG16[pool] = (2, 2)
BUILDS = {
    "AlexNet": dict(features=ALEXNET, widths=[4, 6, 8, 7, 5], taps=[0, 3, 6, 8, 10], grid=6, linears=[1, 4, 6],
                    outputs=[9, 8, 10]),
    "VGG-16": dict(features=VGG16, widths=[4, 5, 5, 6, 6, 7, 7, 6, 8, 7, 6, 8, 9], taps=[2, 7, 14, 21, 28], grid=7,
                   linears=[0, 3, 6], outputs=[8, 9, 10]),
}
torch.set_default_dtype(torch.float64)
MEAN, STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
SHIFT, SCALE = torch.tensor([-.030, -.088, -.188]), torch.tensor([.458, .448, .450])


def layer(shape, phase):
    """Weight of He's deviation, small bias."""
    fan_in = math.prod(shape[1:])
    return (formula_tensor(shape, phase=phase, scale=2 / math.sqrt(fan_in)),
            formula_tensor(shape[:1], phase=phase + 0.5, scale=0.1))


def state_of(build):
    state, channels, phase = {}, 3, 1
    for place, step in build["features"].items():
        if len(step) == 2:
            continue
        width = build["widths"][phase - 1]
        state["features.%d" % place] = layer([width, channels, step[0], step[0]], phase)
        channels, phase = width, phase + 1
    inputs = channels * build["grid"] ** 2
    for place, outputs in zip(build["linears"], build["outputs"]):
        state["classifier.%d" % place] = layer([outputs, inputs], phase)
        inputs, phase = outputs, phase + 1
    return state


def run_features(build, state, x, stops=False):
    """The grid before the linear layers, and the taps; `stops` leaves out what follows the last tap."""
    taps = []
    for place, step in build["features"].items():
        if len(step) == 2:
            x = F.max_pool2d(x, *step)
            continue
        weight, bias = state["features.%d" % place]
        x = F.relu(F.conv2d(x, weight, bias, stride=step[1], padding=step[2]))
        if place in build["taps"]:
            taps.append(x)
        if stops and place == build["taps"][-1]:
            break
    return x, taps


def picture(width, height, move):
    """An rgb255 image with ramps and edges; `move` changes a part of it."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    image = x * 5 + y * 3 + c * 40 + (x * y) % 17 * 4 + np.where(2 * x > width, (x * x + 7 * y) % 23 * move, 0)
    return torch.from_numpy((image % 256).astype(np.float64))


def nchw(rgb):
    return rgb.permute(2, 0, 1)[None]


def classifier_case(name, size=224):
    build = BUILDS[name]
    state = state_of(build)
    x = nchw((picture(size, size, 0) / 255 - MEAN) / STD)
    x, _ = run_features(build, state, x)
    x = F.adaptive_avg_pool2d(x, build["grid"])
    x = torch.flatten(x, 1)
    for place in build["linears"]:
        x = F.linear(x, *state["classifier.%d" % place])
        if place != build["linears"][-1]:
            x = F.relu(x)
    return dict(kind="classifier", layout=name, widths=build["widths"], outputs=build["outputs"],
                logits=values(x[0]), posterior=values(F.softmax(x[0], dim=0)))


def unit_length(x):
    return x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + 1e-10)


def lpips_case(name, width, height, move):
    build = BUILDS[name]
    state = state_of(build)
    inputs = [nchw(((picture(width, height, m) / (255 / 2) - 1) - SHIFT) / SCALE) for m in (0, move)]
    _, a = run_features(build, state, inputs[0], stops=True)
    _, b = run_features(build, state, inputs[1], stops=True)
    parts = []
    for tap, (p, q) in enumerate(zip(a, b)):
        head = formula_tensor([1, p.shape[1], 1, 1], phase=50 + tap, scale=0.5, shift=0.5)
        parts.append(F.conv2d((unit_length(p) - unit_length(q)) ** 2, head).mean([2, 3]).item())
    return dict(kind="lpips", layout=name, widths=build["widths"], width=width, height=height, move=move, parts=parts,
                distance=sum(parts))


write_fixture("judges", ["judges.py", "formulas.py"],
              "torchvision's AlexNet and VGG-16 by build, LPIPS 0.1, in torch.nn.functional, float64",
              [classifier_case("AlexNet"), classifier_case("VGG-16"),
               lpips_case("AlexNet", 97, 64, 3), lpips_case("AlexNet", 31, 31, 9), lpips_case("VGG-16", 49, 66, 3),
               lpips_case("VGG-16", 16, 16, 9)])
