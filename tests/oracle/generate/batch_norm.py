"""Writes tests/oracle/fixtures/batch_norm.json: batch normalisation in both modes, with gradients.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/batch_norm.py
Needs Debian's python3-torch.
"""
import torch

from formulas import formula_tensor, to_nchw, to_nhwc, values, write_fixture

SHAPE = [2, 3, 5, 4]


def case(training):
    channels = SHAPE[3]
    layer = torch.nn.BatchNorm2d(channels, dtype=torch.float64)
    layer.weight.data = formula_tensor([channels], phase=1, scale=0.5, shift=1)
    layer.bias.data = formula_tensor([channels], phase=2)
    # Three updates from the usual start; in the other mode they make the statistics that are stored.
    layer.train()
    for step in range(3):
        layer(to_nchw(formula_tensor(SHAPE, phase=10 + step, scale=3, shift=2 * step)))
    running = {"runningMean": values(layer.running_mean), "runningVariance": values(layer.running_var)}
    layer.train(training)
    # Far from mean 0, where a variance computed as E[x^2] - E[x]^2 would lose its digits.
    x = formula_tensor(SHAPE, phase=3, shift=8).requires_grad_()
    y = to_nhwc(layer(to_nchw(x)))
    y.backward(formula_tensor(SHAPE, phase=4))
    return dict(name="training" if training else "stored", shape=SHAPE, **running, output=values(y),
                inputGradient=values(x.grad), gammaGradient=values(layer.weight.grad),
                betaGradient=values(layer.bias.grad))


write_fixture("batch_norm", ["batch_norm.py", "formulas.py"], "torch.nn.BatchNorm2d, float64",
              [case(True), case(False)])
