"""Writes tests/oracle/fixtures/vgg16.json: feature maps of VGG-16 with formula weights, normalised as torchvision and
as Caffe do, and a gradient by the image.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/vgg16.py
Needs Debian's python3-torch. Of long tensors only every few values are stored.
"""
from formulas import formula_tensor, to_nhwc, values, write_fixture
from torch_vgg import CAFFE_MEAN, TORCHVISION_MEAN, TORCHVISION_STD, VGG16, formula_layers, run_vgg

N, H, W = 2, 17, 26  # no multiples of 8: pools drop what is over
KEPT = 150  # values stored of a long tensor
NORMALISE = {"torchvision": lambda rgb01: (rgb01 - TORCHVISION_MEAN) / TORCHVISION_STD,
             "caffe": lambda rgb01: 255 * rgb01 - CAFFE_MEAN}
# Caffe's numbers are larger, so are its biases.
BIAS_SCALES = {"torchvision": 0.1, "caffe": 6}


def every_few(x):
    flat = x.reshape(-1)
    return values(flat[::max(1, flat.numel() // KEPT)])


def case(convention):
    image = formula_tensor([N, H, W, 3], phase=1, scale=0.5, shift=0.5).requires_grad_()
    maps = [to_nhwc(psi) for psi in
            run_vgg(formula_layers(VGG16, BIAS_SCALES[convention]), NORMALISE[convention](image))]
    probe = sum((psi * formula_tensor(psi.shape, phase=20 + p)).mean() for p, psi in enumerate(maps))
    probe.backward()
    return dict(convention=convention, biasScale=BIAS_SCALES[convention], maps=[every_few(psi) for psi in maps],
                means=[psi.mean().item() for psi in maps], gradient=every_few(image.grad))


write_fixture("vgg16", ["vgg16.py", "formulas.py", "torch_vgg.py"],
              "Simonyan and Zisserman 2014, configuration D; torchvision's and Caffe's preprocessing, float64, autograd",
              [case("torchvision"), case("caffe")])
