"""Writes small checkpoints as other projects' inpainting networks write them, with what these networks make of a
picture with holes, as fixtures: pconv_naoto, pconv_naoto_2018, pconv_mmagic, pconv_keras.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/pconv_imports.py
Needs Debian's python3-torch and python3-h5py. The networks are written anew from what their sources compute:
naoto0804/pytorch-inpainting-with-partial-conv net.py (8d64e7e, and 92eaf7b of June 2018 for the older names),
open-mmlab/mmagic mmagic/models/editors/pconv (0a560bb), MathiasGruber/PConv-Keras libs/pconv_layer.py and
libs/pconv_model.py (7c8f2cb). Masks have as many channels as features, as there.
"""
import base64
import collections
import gzip
import io

import h5py
import numpy as np
import torch
import torch.nn.functional as F

from formulas import formula_mask, formula_tensor, to_nchw, to_nhwc, values, write_fixture

KERNELS = [7, 5, 5, 3, 3, 3, 3, 3]
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
KEPT = 200  # values stored of each output


class Numbers:
    """Random-looking float32 numbers of a few kinds, one phase per tensor."""

    def __init__(self):
        self.phase = 0

    def make(self, shape, scale, shift=0.0):
        self.phase += 1
        return formula_tensor(list(shape), phase=self.phase, scale=scale, shift=shift).float()

    def kernel(self, cout, cin, side, gain):
        return self.make([cout, cin, side, side], gain / (cin * side * side) ** 0.5)


def torch_state(widths, names, gain_of, biased, old):
    """State dict of the two PyTorch projects. `names(kind, level, part)` gives their names; kernels are their own."""
    numbers, state, depth = Numbers(), collections.OrderedDict(), len(widths)
    channels = [3] + list(widths)

    def conv(side, level, cin, cout, kernel, has_bias):
        state[names(side, level, "kernel")] = numbers.kernel(cout, cin, kernel, gain_of(cin, kernel))
        if has_bias:
            state[names(side, level, "bias")] = numbers.make([cout], 0.1, 0.05)
        state[names(side, level, "mask")] = torch.ones(cout, cin, kernel, kernel)
        if old:
            state[names(side, level, "mask bias")] = torch.zeros(cout)

    def norm(side, level, cout):
        for part, scale, shift in [("gamma", 0.2, 1.0), ("beta", 0.2, 0.1), ("mean", 0.1, 0.0), ("variance", 0.3, 0.6)]:
            state[names(side, level, part)] = numbers.make([cout], scale, shift)
        state[names(side, level, "count")] = torch.tensor(7)

    for level in range(1, depth + 1):
        conv("enc", level, channels[level - 1], channels[level], KERNELS[level - 1], level in biased["enc"])
        if level > 1:
            norm("enc", level, channels[level])
    for level in range(depth, 0, -1):
        conv("dec", level, channels[level] + channels[level - 1], channels[level - 1], 3, level in biased["dec"])
        if level > 1:
            norm("dec", level, channels[level - 1])
    return state


def naoto_names(conv, mask):
    def names(side, level, part):
        own = {"kernel": conv + ".weight", "bias": conv + ".bias", "mask": mask + ".weight", "mask bias": mask + ".bias"}
        norms = {"gamma": "weight", "beta": "bias", "mean": "running_mean", "variance": "running_var",
                 "count": "num_batches_tracked"}
        inner = "conv." + own[part] if part in own else "bn." + norms[part]
        return "%s_%d.%s" % (side, level, inner)
    return names


def mmagic_names(side, level, part):
    own = {"kernel": "conv.weight", "bias": "conv.bias", "mask": "conv.weight_mask_updater", "gamma": "bn.weight",
           "beta": "bn.bias", "mean": "bn.running_mean", "variance": "bn.running_var", "count": "bn.num_batches_tracked"}
    return "generator.%soder.%s%d.%s" % (side, side, level, own[part])


def naoto_layer(x, m, weight, bias, stride):
    """Divided by the number of known values in the window; nothing known gives 0."""
    pad = weight.shape[-1] // 2
    out = F.conv2d(x * m, weight, None, stride, pad)
    counted = F.conv2d(m, torch.ones_like(weight), None, stride, pad)
    known = (counted > 0).to(x.dtype)
    shift = 0 if bias is None else bias.view(1, -1, 1, 1)
    return (out / counted.clamp(min=1) + shift) * known, known


def official_layer(x, m, weight, bias, stride):
    """As NVIDIA's with multi_channel=True."""
    pad = weight.shape[-1] // 2
    whole = weight[0].numel()
    counted = F.conv2d(m, torch.ones_like(weight), None, stride, pad)
    known = counted.clamp(0, 1)
    ratio = whole / (counted + 1e-8) * known
    shift = torch.zeros(weight.shape[0]).to(x) if bias is None else bias
    raw = F.conv2d(x * m, weight, shift, stride, pad)
    shift = shift.view(1, -1, 1, 1)
    return ((raw - shift) * ratio + shift) * known, known


def keras_layer(x, m, weight, bias, stride):
    """The window counts kh·kw, the mask every channel; the bias is added in holes too."""
    pad = weight.shape[-1] // 2
    counted = F.conv2d(m, torch.ones_like(weight), None, stride, pad)
    known = counted.clamp(0, 1)
    ratio = weight.shape[-1] ** 2 / (counted + 1e-8) * known
    return F.conv2d(x * m, weight, None, stride, pad) * ratio + bias.view(1, -1, 1, 1), known


def run_unet(x, m, depth, layer, numbers, epsilon=1e-5, skip_first=False, last_slope=None):
    """`numbers(side, level, part)`; `m` has as many channels as `x`."""

    def block(x, m, side, level, stride, slope):
        y, m = layer(x, m, numbers(side, level, "kernel"), numbers(side, level, "bias"), stride)
        gamma, beta, mean, variance = [numbers(side, level, part) for part in ["gamma", "beta", "mean", "variance"]]
        if gamma is not None:
            y = F.batch_norm(y, mean, variance, gamma, beta, False, 0.0, epsilon)
        return (y if slope is None else F.leaky_relu(y, slope)), m

    skips = [(x, m)]
    for level in range(1, depth + 1):
        skips.append(block(*skips[-1], "enc", level, 2, 0.0))
    x, m = skips.pop()
    double = lambda t: F.interpolate(t, scale_factor=2, mode="nearest")  # noqa: E731
    for level in range(depth, 0, -1):
        skip = skips.pop()
        pairs = [(double(x), double(m)), skip]
        x, m = (torch.cat(part, 1) for part in zip(*(reversed(pairs) if skip_first else pairs)))
        x, m = block(x, m, "dec", level, 1, 0.2 if level > 1 else last_slope)
    return x


def run_torch(state, names, layer, image, mask, mean, deviation):
    """rgb01 [n, 3, h, w] in and out, mask [n, 1, h, w]."""
    depth = sum(names("enc", level, "kernel") in state for level in range(1, 9))
    number = lambda *which: state[names(*which)].to(image.dtype) if names(*which) in state else None  # noqa: E731
    mean, deviation = (torch.tensor(v).to(image.dtype).view(1, -1, 1, 1) for v in (mean, deviation))
    seen = (image - mean) / deviation
    masks = mask.expand(-1, 3, -1, -1)
    return run_unet(seen * masks, masks, depth, layer, number) * deviation + mean


def keras_arrays(widths, first=1):
    """By layer: [(weight name, array)], as Keras 2.2 numbers them; `first` is where the session's count begins."""
    numbers, channels, depth = Numbers(), [3] + list(widths), len(widths)
    layers = collections.OrderedDict()

    def conv(index, cin, cout, kernel):
        name = "p_conv2d_%d" % (first + index)
        # HWIO, and interior outputs are 1/cin of a plain convolution's.
        weight = numbers.kernel(cout, cin, kernel, 1.1 * cin).permute(2, 3, 1, 0).contiguous()
        layers[name] = [(name + "/img_kernel:0", weight), (name + "/bias:0", numbers.make([cout], 0.1, 0.05))]

    def norm(name, cout):
        layers[name] = [("%s/%s:0" % (name, part), numbers.make([cout], scale, shift)) for part, scale, shift in [
            ("gamma", 0.2, 1.0), ("beta", 0.2, 0.1), ("moving_mean", 0.1, 0.0), ("moving_variance", 0.3, 0.6)]]

    layers["inputs_img"], layers["inputs_mask"] = [], []
    for level in range(depth):
        conv(level, channels[level], channels[level + 1], KERNELS[level])
        if level > 0:
            norm("EncBN%d" % level, channels[level + 1])
        layers["activation_%d" % (first + level)] = []
    for stage in range(depth):
        level = depth - stage
        conv(depth + stage, channels[level] + channels[level - 1], channels[level - 1], 3)
        if level > 1:
            norm("batch_normalization_%d" % (first + stage), channels[level - 1])
    layers["outputs_img"] = [("outputs_img/kernel:0", numbers.make([1, 1, 3, 3], 1.5)),
                             ("outputs_img/bias:0", numbers.make([3], 0.3))]
    return layers


def run_keras(layers, depth, first, image, mask):
    arrays = {name: array for weights in layers.values() for name, array in weights}

    def number(side, level, part):
        index = level - 1 if side == "enc" else 2 * depth - level
        norm = "EncBN%d" % (level - 1) if side == "enc" else "batch_normalization_%d" % (first + depth - level)
        names = {"kernel": "p_conv2d_%d/img_kernel:0", "bias": "p_conv2d_%d/bias:0"}
        theirs = {"gamma": "gamma", "beta": "beta", "mean": "moving_mean", "variance": "moving_variance"}
        name = names[part] % (first + index) if part in names else "%s/%s:0" % (norm, theirs[part])
        if name not in arrays:
            return None
        array = arrays[name].to(image.dtype)
        return array.permute(3, 2, 0, 1) if part == "kernel" else array

    x = run_unet(image, mask.expand(-1, 3, -1, -1), depth, keras_layer, number, 1e-3, True, 0.2)
    kernel = arrays["outputs_img/kernel:0"].to(image.dtype).permute(3, 2, 0, 1)
    return torch.sigmoid(F.conv2d(x, kernel, arrays["outputs_img/bias:0"].to(image.dtype)))


def keras_file(layers):
    """As `model.save_weights` of Keras 2.2.4 writes it."""
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file.attrs["layer_names"] = [name.encode() for name in layers]
        file.attrs["backend"], file.attrs["keras_version"] = b"tensorflow", b"2.2.4"
        for layer, weights in layers.items():
            group = file.create_group(layer)
            group.attrs["weight_names"] = [name.encode() for name, _ in weights]
            for name, array in weights:
                group.create_dataset(name, data=array.numpy())
    return out.getvalue()


def torch_file(content, is_zip):
    out = io.BytesIO()
    torch.save(content, out, _use_new_zipfile_serialization=is_zip)
    return out.getvalue()


def inputs(size):
    """rgb01 and mask, two items: a block that is missing, and nothing known at all."""
    i = torch.arange(2 * size * size * 3)
    y, x, c = i // (3 * size), i // 3 % size, i % 3
    rgb255 = ((x * 9 + y * 5 + c * 70 + (x * y) % 13 * 6) % 256).reshape(2, size, size, 3).double()
    return to_nchw(rgb255 / 255), to_nchw(formula_mask(["block", "empty"], size, size))


def case(name, file, levels, size, output):
    output = to_nhwc(output)
    picture = output[0].reshape(-1)
    assert picture.std() > 0.02, "%s: the output hardly varies: %g" % (name, picture.std())
    stride = picture.numel() // KEPT
    return {"name": name, "levels": levels, "size": size, "gzip": base64.b64encode(gzip.compress(file, 9, mtime=0)).decode(),
            "stride": stride, "output": values(picture[::stride]), "unknown": values(output[1].reshape(-1)[:3])}


def write(fixture, one, reference):
    write_fixture(fixture, ["pconv_imports.py", "formulas.py"], reference + ", float64, written anew", [one])


def naoto_gain(cin, kernel):
    """Its layer divides by the count, so its kernels are larger."""
    return 1.1 * cin * kernel * kernel


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    levels = range(1, 9)
    widths = [3, 4, 4, 4, 4, 4, 4]
    names = naoto_names("input_conv", "mask_conv")
    state = torch_state(widths, names, naoto_gain, {"enc": [], "dec": [1]}, False)
    moments = {"state": {0: {"step": 3, "exp_avg": torch.ones(2)}}, "param_groups": [{"lr": 2e-4, "params": [0]}]}
    output = run_torch(state, names, naoto_layer, *inputs(128), MEAN, DEVIATION)
    write("pconv_naoto", case("naoto0804", torch_file({"n_iter": 5, "model": state, "optimizer": moments}, True), 7, 128,
                              output), "naoto0804's PConvUNet")

    names = naoto_names("conv2d", "mask2d")
    state = torch_state([4, 4, 5, 5], names, naoto_gain, {"enc": levels, "dec": levels}, True)
    output = run_torch(state, names, naoto_layer, *inputs(32), MEAN, DEVIATION)
    write("pconv_naoto_2018", case("naoto0804 of June 2018", torch_file({"n_iter": 5, "model": state}, False), 4, 32,
                                   output), "naoto0804's PConvUNet with biases, saved by PyTorch before 1.6")

    state = torch_state(widths, mmagic_names, lambda cin, kernel: 1.1, {"enc": [1], "dec": [1]}, False)
    output = run_torch(state, mmagic_names, official_layer, *inputs(128), [0.5] * 3, [0.5] * 3)
    stored = collections.OrderedDict(state, **{"loss_percep.vgg.mean": torch.zeros(1, 3, 1, 1)})
    write("pconv_mmagic", case("mmagic", torch_file({"meta": {"iter": 5, "config": "a = 1"}, "state_dict": stored}, True), 7,
                               128, output), "mmagic's PConvEncoderDecoder")

    widths = [3, 4, 4, 4, 4, 4, 4, 4]
    layers = keras_arrays(widths, 9)
    output = run_keras(layers, 8, 9, *inputs(256))
    write("pconv_keras", case("pconv-keras", keras_file(layers), 8, 256, output), "PConv-Keras' build_pconv_unet")
