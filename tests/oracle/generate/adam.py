"""Writes tests/oracle/fixtures/adam.json: four steps of Adam, one parameter held at the second.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/adam.py
Needs Debian's python3-torch.
"""
import torch

from formulas import formula_tensor, values, write_fixture

RATES = [1e-2, 2e-3, 5e-3, 1e-2]
HELD = {"b": [1]}  # 0-based steps

parameters = {
    "a": torch.nn.Parameter(formula_tensor([2, 3])),
    "b": torch.nn.Parameter(formula_tensor([4], phase=1)),
}
optimizer = torch.optim.Adam(parameters.values(), lr=1, betas=(0.9, 0.999), eps=1e-8)
steps = []
for step, rate in enumerate(RATES):
    for index, (name, parameter) in enumerate(parameters.items()):
        # Small at the first step, where the corrections for the start weigh most.
        scale = 1e-3 if step == 0 else 1
        gradient = formula_tensor(list(parameter.shape), phase=10 * step + index, scale=scale)
        parameter.grad = None if step in HELD.get(name, []) else gradient
    optimizer.param_groups[0]["lr"] = rate
    optimizer.step()
    steps.append({
        name: {
            "value": values(parameter),
            "first": values(optimizer.state[parameter]["exp_avg"]),
            "second": values(optimizer.state[parameter]["exp_avg_sq"]),
            "updates": int(optimizer.state[parameter]["step"]),
        }
        for name, parameter in parameters.items()
    })

write_fixture("adam", ["adam.py", "formulas.py"], "torch.optim.Adam, float64",
              [{"rates": RATES, "held": HELD, "steps": steps}])
