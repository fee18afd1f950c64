"""Writes tests/oracle/fixtures/losses.json: the losses of the paper and their gradients by the output.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/losses.py
Needs Debian's python3-torch.
"""
from formulas import formula_mask, formula_tensor, values, write_fixture
from torch_losses import hole, hole_log_mse, total_variation, valid

N, H, W = 2, 6, 7


def case(name, loss, masks):
    # The ramp has many equal values, so that |x| is met at 0: its gradient there is 0.
    target = formula_tensor([N, H, W, 3], kind="ramp", phase=1, scale=0.5, shift=0.5)
    output = formula_tensor([N, H, W, 3], kind="ramp", phase=4, scale=0.5, shift=0.5)
    output[:, 2:4, 1:5] = target[:, 2:4, 1:5]
    output.requires_grad_()
    value = loss(output, target, formula_mask(masks, H, W))
    value.backward()
    return dict(name=name, masks=masks, value=value.item(), gradient=values(output.grad))


write_fixture("losses", ["losses.py", "formulas.py", "torch_losses.py"], "section 3.3 of Liu et al. 2018, float64, autograd", [
    case(name, loss, masks)
    for name, loss in (("hole", hole), ("valid", valid), ("total-variation", total_variation),
                       ("hole-log-mse", hole_log_mse))
    for masks in (["block", "speckle"], ["full", "empty"])
])
