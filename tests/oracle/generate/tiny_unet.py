"""Writes tests/oracle/fixtures/tiny_unet*.json: whole networks, and two training steps of each.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/tiny_unet.py
Needs Debian's python3-torch. Weights are formulas; of long tensors only every few values are stored.
"""
import torch

from formulas import formula_mask, formula_tensor, to_nchw, to_nhwc, values, write_fixture
from torch_network import layer_table, run_unet

TINY = [[5, 4], [3, 8], [3, 8]]
DEEP = [[5, 4], [3, 4], [3, 6], [3, 6], [3, 8], [3, 8]]
CASES = [
    dict(name="tiny", encoder=TINY, base="none", normalisation="batch", size=16, masks=["block", "speckle"]),
    dict(name="tiny over the pyramid fill", encoder=TINY, base="pyramid", normalisation="none", size=16,
         masks=["block", "speckle"]),
    dict(name="tiny over the pyramid fill with batch norm", encoder=TINY, base="pyramid", normalisation="batch",
         size=16, masks=["block", "empty"]),
    dict(name="twice as deep", encoder=DEEP, base="none", normalisation="batch", size=64, masks=["block", "block"]),
    dict(name="tiny, typical convolutions", encoder=TINY, base="none", normalisation="batch", convolution="typical",
         holeValue="imagenet-mean", size=16, masks=["block", "speckle"]),
]
FILES = ["tiny_unet", "tiny_unet_pyramid", "tiny_unet_pyramid_batch_norm", "tiny_unet_deep", "tiny_unet_typical"]
HOLE_VALUES = {"imagenet-mean": [0.485, 0.456, 0.406]}
RATES = [1e-3, 5e-4]
KEPT = 40  # values stored of a long tensor


def make_parameters(config):
    """Kernels of He's deviation, scales near 1, shifts near 0; one phase per tensor. And statistics."""
    parameters, running = {}, {}
    phase = 0

    def add(path, shape, scale, shift=0):
        nonlocal phase
        phase += 1
        parameters[path] = torch.nn.Parameter(formula_tensor(shape, phase=phase, scale=scale, shift=shift))

    for path, kernel, cin, cout, has_batch_norm, _ in sum(layer_table(*config), []):
        add(path + "/kernel", [kernel, kernel, cin, cout], 2 / (kernel * kernel * cin) ** 0.5)
        if not has_batch_norm:
            add(path + "/bias", [cout], 0.1)
            continue
        norm = path + "/batch_norm"
        add(norm + "/gamma", [cout], 0.2, 1)
        add(norm + "/beta", [cout], 0.1)
        running[norm] = (formula_tensor([cout], phase=phase + 0.5, scale=0.2),
                         formula_tensor([cout], phase=phase + 0.7, scale=0.5, shift=1))
    return parameters, running


def every_few(x):
    """About KEPT values of a tensor, evenly spaced in row-major order."""
    flat = x.reshape(-1)
    return values(flat[::max(1, flat.numel() // KEPT)])


def batch(step, size):
    """rgb255 [2, size, size, 3] in whole numbers."""
    i = torch.arange(2 * size * size * 3)
    y, x, c = i // (3 * size), i // 3 % size, i % 3
    return ((x * 9 + y * 5 + c * 70 + (x * y) % 13 * 6 + step * 31) % 256).reshape(2, size, size, 3).double()


def run(case):
    config, size = (case["encoder"], case["base"], case["normalisation"]), case["size"]
    parameters, running = make_parameters(config)
    mask = formula_mask(case["masks"], size, size)

    def forward(step, training):
        target = batch(step, size) / 255
        output = to_nhwc(run_unet(config, parameters, to_nchw(target), to_nchw(mask), training, running,
                                  HOLE_VALUES.get(case.get("holeValue"))))
        difference = (output - target).abs()
        parts = {"valid": (mask * difference).sum() / target.numel(),
                 "hole": ((1 - mask) * difference).sum() / target.numel()}
        return output, parts

    result = dict(case, rates=RATES)
    with torch.no_grad():
        result["storedOutput"] = every_few(forward(0, False)[0])
    optimizer = torch.optim.Adam(parameters.values(), lr=1)
    losses = []
    for step, rate in enumerate(RATES):
        optimizer.zero_grad()
        output, parts = forward(step, True)
        total = parts["valid"] + 6 * parts["hole"]
        total.backward()
        losses.append(dict({name: part.item() for name, part in parts.items()}, total=total.item()))
        if step == 0:
            result["trainingOutput"] = every_few(output)
            result["gradients"] = {path: every_few(p.grad) for path, p in parameters.items()}
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
    return dict(result, losses=losses,
                parametersAfter={path: every_few(p) for path, p in parameters.items()},
                statisticsAfter={path: {"mean": values(mean), "variance": values(variance)}
                                 for path, (mean, variance) in running.items()})


for name, case in zip(FILES, CASES):
    write_fixture(name, ["tiny_unet.py", "formulas.py", "torch_network.py"],
                  "Liu et al. 2018, section 3.2 and Table 2, float64, autograd, torch.optim.Adam", [run(case)])
