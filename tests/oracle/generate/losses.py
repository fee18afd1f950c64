"""Writes tests/oracle/fixtures/losses.json: the losses of the paper and their gradients by the output.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/losses.py
Needs Debian's python3-torch.
"""
import torch
import torch.nn.functional as F

from formulas import formula_mask, formula_tensor, to_nchw, values, write_fixture

N, H, W = 2, 6, 7


def hole(output, target, mask):
    return ((1 - mask) * (output - target)).abs().sum() / target.numel()


def valid(output, target, mask):
    return (mask * (output - target)).abs().sum() / target.numel()


def hole_log_mse(output, target, mask):
    """Mean over the images of ln(mean square over the hole + 1e-4). Not in the paper."""
    squares = ((1 - mask) * (output - target) ** 2).sum((1, 2, 3))
    count = (1 - mask).sum((1, 2, 3)) * 3
    return (squares / count.clamp(min=1) + 1e-4).log().mean()


def total_variation(output, target, mask):
    """Equation 6: pairs that both lie in the hole dilated by one pixel."""
    composite = mask * target + (1 - mask) * output
    region = F.max_pool2d(to_nchw(1 - mask), 3, 1, 1).permute(0, 2, 3, 1)
    right = (composite[:, :, 1:] - composite[:, :, :-1]).abs() * region[:, :, 1:] * region[:, :, :-1]
    down = (composite[:, 1:] - composite[:, :-1]).abs() * region[:, 1:] * region[:, :-1]
    return (right.sum() + down.sum()) / composite.numel()


def case(name, loss, masks):
    # The ramp has many equal values, so that |x| is met at 0: its gradient there is 0.
    target = formula_tensor([N, H, W, 3], kind="ramp", phase=1, scale=0.5, shift=0.5)
    output = formula_tensor([N, H, W, 3], kind="ramp", phase=4, scale=0.5, shift=0.5)
    output[:, 2:4, 1:5] = target[:, 2:4, 1:5]
    output.requires_grad_()
    value = loss(output, target, formula_mask(masks, H, W))
    value.backward()
    return dict(name=name, masks=masks, value=value.item(), gradient=values(output.grad))


write_fixture("losses", ["losses.py", "formulas.py"], "section 3.3 of Liu et al. 2018, float64, autograd", [
    case(name, loss, masks)
    for name, loss in (("hole", hole), ("valid", valid), ("total-variation", total_variation),
                       ("hole-log-mse", hole_log_mse))
    for masks in (["block", "speckle"], ["full", "empty"])
])
