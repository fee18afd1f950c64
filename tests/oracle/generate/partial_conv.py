"""Writes tests/oracle/fixtures/partial_conv.json: outputs, masks and gradients of the partial convolution.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/partial_conv.py
Needs Debian's python3-torch.
"""
import torch

from formulas import formula_mask, formula_tensor, to_nchw, to_nhwc, values, write_fixture
from torch_network import double, partial_conv

# Two items, h != w, cin != cout, no two phases equal. "up" doubles a group before the convolution.
CASES = [
    dict(name="kernel 3, stride 1, bias", height=4, width=7, kernel=[3, 3], stride=1, cout=2, bias=True,
         groups=[dict(channels=3, masks=["block", "speckle"])]),
    dict(name="kernel 3, stride 2, no bias, odd size", height=7, width=5, kernel=[3, 3], stride=2, cout=4,
         bias=False, groups=[dict(channels=2, masks=["speckle", "empty"])]),
    dict(name="kernel 5x3, stride 2, bias, two groups", height=6, width=7, kernel=[5, 3], stride=2, cout=3,
         bias=True, groups=[dict(channels=2, masks=["block", "speckle"]),
                            dict(channels=1, masks=["speckle", "block"])]),
    dict(name="kernel 7, stride 2, bias, even size", height=8, width=12, kernel=[7, 7], stride=2, cout=2,
         bias=True, groups=[dict(channels=1, masks=["block", "full"])]),
    dict(name="kernel 1, stride 1, bias", height=3, width=5, kernel=[1, 1], stride=1, cout=3, bias=True,
         groups=[dict(channels=2, masks=["speckle", "block"])]),
    dict(name="kernel 3, doubled group and skip, bias", height=4, width=6, kernel=[3, 3], stride=1, cout=3,
         bias=True, groups=[dict(channels=2, masks=["block", "speckle"], up=2),
                            dict(channels=3, masks=["speckle", "empty"])]),
]


def run(case):
    kh, kw = case["kernel"]
    height, width, cout = case["height"], case["width"], case["cout"]
    xs, ms = [], []
    for index, group in enumerate(case["groups"]):
        up = group.get("up", 1)
        h, w = height // up, width // up
        x = formula_tensor([2, h, w, group["channels"]], phase=index).requires_grad_()
        m = formula_mask(group["masks"], h, w)
        xs.append((x, up))
        ms.append((to_nchw(m).expand(-1, group["channels"], -1, -1), up))
    cin = sum(group["channels"] for group in case["groups"])
    kernel = formula_tensor([kh, kw, cin, cout], phase=5).requires_grad_()
    bias = formula_tensor([cout], phase=6).requires_grad_() if case["bias"] else None
    joined = torch.cat([double(to_nchw(x)) if up == 2 else to_nchw(x) for x, up in xs], 1)
    joined_mask = torch.cat([double(m) if up == 2 else m for m, up in ms], 1)
    out, new_mask = partial_conv(joined, joined_mask, kernel.permute(3, 2, 0, 1), bias, case["stride"])
    out = to_nhwc(out)
    out.backward(formula_tensor(list(out.shape), phase=7))
    result = dict(case, output=values(out), validMask=values(to_nhwc(new_mask)[..., :1]),
                  featureGradients=[values(x.grad) for x, _ in xs], kernelGradient=values(kernel.grad))
    if bias is not None:
        result["biasGradient"] = values(bias.grad)
    assert (to_nhwc(new_mask)[..., :1] == to_nhwc(new_mask)).all()
    return result


write_fixture("partial_conv", ["partial_conv.py", "formulas.py", "torch_network.py"],
              "equations 1 and 2 of Liu et al. 2018 with one mask channel per feature channel, float64, autograd",
              [run(case) for case in CASES])
