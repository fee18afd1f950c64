"""VGG-16 up to pool3, and a small network of the same build, with weights from formulas."""
import torch
import torch.nn.functional as F

from formulas import formula_tensor

# (cin, cout, whether a 2x2 max pool follows, whose result is a feature map)
SMALL = [(3, 4, True), (4, 5, True), (5, 6, True)]
VGG16 = [(3, 64, False), (64, 64, True), (64, 128, False), (128, 128, True),
         (128, 256, False), (256, 256, False), (256, 256, True)]
TORCHVISION_MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
TORCHVISION_STD = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)
CAFFE_MEAN = torch.tensor([123.68, 116.779, 103.939], dtype=torch.float64)  # of 255, in the order R, G, B


def formula_layers(table, bias_scale):
    """(weight [cout, cin, 3, 3], bias, whether pooled) of every layer; kernels are formulas in HWIO."""
    return [(formula_tensor([3, 3, cin, cout], phase=i + 1, scale=2 / (9 * cin) ** 0.5).permute(3, 2, 0, 1),
             formula_tensor([cout], phase=i + 1.5, scale=bias_scale), is_pooled)
            for i, (cin, cout, is_pooled) in enumerate(table)]


def run_vgg(layers, image):
    """The feature maps [n, c, h, w] of a normalised image [n, h, w, 3]."""
    x, maps = image.permute(0, 3, 1, 2), []
    for weight, bias, is_pooled in layers:
        x = F.relu(F.conv2d(x, weight, bias, padding=1))
        if is_pooled:
            x = F.max_pool2d(x, 2)
            maps.append(x)
    return maps


def small_features(image):
    """Of rgb01 [n, h, w, 3]."""
    return run_vgg(formula_layers(SMALL, 0.1), image - TORCHVISION_MEAN)
