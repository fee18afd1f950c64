"""Writes tests/oracle/fixtures/feature_losses.json and equation_7.json: the losses over features, the whole objective
of the paper, and their gradients by the output.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/feature_losses.py
Needs Debian's python3-torch. Features are those of a small network of VGG's build.
"""
from formulas import formula_mask, formula_tensor, to_nhwc, values, write_fixture
from torch_losses import composite, equation_7, perceptual, style
from torch_vgg import small_features

N, H, W = 2, 8, 10
MASKS = [["block", "speckle"], ["full", "empty"]]


def images():
    """Equal in a rectangle, so that |x| is met at 0."""
    target = formula_tensor([N, H, W, 3], phase=1, scale=0.5, shift=0.5)
    output = formula_tensor([N, H, W, 3], phase=4, scale=0.5, shift=0.5)
    output[:, 2:6, 1:7] = target[:, 2:6, 1:7]
    return output.requires_grad_(), target


def case(name, loss, masks):
    output, target = images()
    value = loss(output, target, formula_mask(masks, H, W))
    value.backward()
    return dict(name=name, masks=masks, value=value.item(), gradient=values(output.grad))


def feature_case(masks):
    """The maps of all three images, [n, h, w, c]."""
    output, target = images()
    pictures = dict(output=output, target=target, composite=composite(output, target, formula_mask(masks, H, W)))
    return dict(masks=masks, maps={name: [values(to_nhwc(psi)) for psi in small_features(image)]
                                   for name, image in pictures.items()})


SOURCES = ["feature_losses.py", "formulas.py", "torch_losses.py", "torch_vgg.py"]
write_fixture("feature_losses", SOURCES, "equations 3, 4 and 5 of Liu et al. 2018, float64, autograd", [
    case(name, loss, masks)
    for name, loss in (("perceptual", perceptual(small_features)),
                       ("style-out", style(small_features, ["output"])),
                       ("style-comp", style(small_features, ["composite"])))
    for masks in MASKS
])
write_fixture("equation_7", SOURCES, "equation 7 of Liu et al. 2018, float64, autograd", [
    dict(case("equation 7", equation_7(small_features), masks), features=feature_case(masks)["maps"])
    for masks in MASKS
])
