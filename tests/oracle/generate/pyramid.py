"""Writes tests/oracle/fixtures/pyramid.json: the smooth fill over a pyramid at every level.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/pyramid.py
Needs Debian's python3-torch. The definition is in torch_network.py.
"""
from formulas import formula_mask, formula_tensor, to_nchw, to_nhwc, values, write_fixture
from torch_network import pyramid_fill

CASES = [
    dict(name="even", height=8, width=12, channels=3, masks=["block", "speckle"]),
    dict(name="odd", height=7, width=5, channels=2, masks=["speckle", "block"]),
    dict(name="all known and all hole", height=5, width=6, channels=1, masks=["full", "empty"]),
    dict(name="one row", height=1, width=9, channels=1, masks=["speckle"]),
    dict(name="one pixel", height=1, width=1, channels=3, masks=["full", "empty"]),
]


def run(case):
    height, width = case["height"], case["width"]
    image = formula_tensor([len(case["masks"]), height, width, case["channels"]], phase=1)
    levels = pyramid_fill(to_nchw(image), to_nchw(formula_mask(case["masks"], height, width)))
    return dict(case, levels=[values(to_nhwc(level)) for level in levels])


write_fixture("pyramid", ["pyramid.py", "formulas.py", "torch_network.py"],
              "push-pull with hard masks as src/ops/pyramid_fill.ts defines it, float64", [run(c) for c in CASES])
