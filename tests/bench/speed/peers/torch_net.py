"""The network in PyTorch as a sensible user would write it: nn.Modules, and one mask channel for each group of feature
channels that share it, which equals the multi-channel masks of tests/oracle/generate/torch_network.py."""
import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "oracle" / "generate"))
import torch_network  # noqa: E402

TAPS = torch_network.TAPS.tolist()


def binomial_sums(x):
    """torch_network's, in float32 and in words that the export to ONNX knows."""
    _, c, h, w = x.shape
    kernel = torch.tensor([[[[a * b for b in TAPS] for a in TAPS]]] * c, device=x.device)
    padded = F.pad(x, (1, 1 + int(w) % 2, 1, 1 + int(h) % 2), value=0.0)
    return F.conv2d(padded, kernel, stride=2, groups=c)


torch_network.binomial_sums = binomial_sums


def setting(config):
    """(encoder, base, normalisation) as torch_network wants them."""
    return [(e["kernel"], e["channels"]) for e in config["encoder"]], config["base"], config["normalisation"]


class PartialConv2d(torch.nn.Module):
    """`weight` [cout, cin, kh, kw]; `forward` takes [(features, mask [n, 1, h, w]), ...], joined in this order."""

    def __init__(self, weight, bias, stride=1):
        super().__init__()
        _, cin, kh, kw = weight.shape
        self.weight = torch.nn.Parameter(weight.contiguous())
        self.bias = None if bias is None else torch.nn.Parameter(bias)
        self.register_buffer("box", torch.ones(1, 1, kh, kw))
        self.whole, self.stride, self.padding = cin * kh * kw, stride, ((kh - 1) // 2, (kw - 1) // 2)

    def forward(self, parts):
        with torch.no_grad():
            window = sum(x.shape[1] * F.conv2d(m, self.box, None, self.stride, self.padding) for x, m in parts)
            new_mask = window.clamp(0, 1)
            ratio = self.whole / window.clamp(min=1) * new_mask
        known = [x * m for x, m in parts]
        x = known[0] if len(known) == 1 else torch.cat(known, 1)
        out = F.conv2d(x, self.weight, None, self.stride, self.padding) * ratio
        return (out if self.bias is None else out + self.bias.view(1, -1, 1, 1) * new_mask), new_mask


class Layer(torch.nn.Module):
    def __init__(self, spec, numbers, stride):
        super().__init__()
        path, _, _, cout, has_batch_norm, self.activation = spec
        tensor = lambda name: torch.from_numpy(numbers[path + "/" + name].copy())  # noqa: E731
        bias = None if has_batch_norm else tensor("bias")
        self.conv = PartialConv2d(tensor("kernel").permute(3, 2, 0, 1), bias, stride)
        self.norm = torch.nn.BatchNorm2d(cout) if has_batch_norm else None
        if has_batch_norm:
            for mine, theirs in [("weight", "gamma"), ("bias", "beta"), ("running_mean", "mean"), ("running_var", "variance")]:
                getattr(self.norm, mine).data.copy_(tensor("batch_norm/" + theirs))

    def forward(self, parts):
        x, m = self.conv(parts)
        if self.norm is not None:
            x = self.norm(x)
        if self.activation == "relu":
            x = F.relu(x)
        if self.activation == "leaky_relu":
            x = F.leaky_relu(x, 0.2)
        return x, m


class Net(torch.nn.Module):
    """`forward(image [n, 3, h, w], mask [n, 1, h, w])`: the picture at every pixel, not clipped."""

    def __init__(self, config, numbers):
        super().__init__()
        down, up, heads = torch_network.layer_table(*setting(config))
        self.base = config["base"]
        layers = lambda specs, stride: torch.nn.ModuleList([Layer(s, numbers, stride) for s in specs])  # noqa: E731
        self.down, self.up, self.heads = layers(down, 2), layers(up, 1), layers(heads, 1)

    def forward(self, image, mask):
        joins = []
        if self.base == "pyramid":
            known = mask
            for fill in torch_network.pyramid_fill(image, mask)[:len(self.down)]:
                joins.append((torch.cat([fill - 0.5, known], 1), torch.ones_like(known)))
                known = F.avg_pool2d(known, 2)
            image = image - 0.5
        skips = [(image, mask)]
        for level, layer in enumerate(self.down):
            skips.append(layer([skips[-1]] + (joins[:1] if level == 0 else [])))
        x, m = skips.pop()
        correction = None
        for stage, layer in enumerate(self.up):
            skip = skips.pop()
            x, m = layer([(torch_network.double(x), torch_network.double(m)), skip] + joins[len(skips):len(skips) + 1])
            if self.base == "pyramid":
                own = self.heads[stage]([(x, m)])[0] if stage < len(self.heads) else x
                correction = own if correction is None else own + F.interpolate(
                    correction, scale_factor=2, mode="bilinear", align_corners=False)
        return joins[0][0][:, :3] + 0.5 + correction if self.base == "pyramid" else x
