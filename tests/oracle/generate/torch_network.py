"""Partial convolution and the network of Liu et al. 2018 in PyTorch, written from the paper.

Masks have as many channels as the features they belong to, as in the paper's own implementation: the slow, plain
form. Everything is NCHW inside.
"""
import torch
import torch.nn.functional as F


def partial_conv(features, mask, weight, bias=None, stride=1):
    """Equations 1 and 2. `features` and `mask` [n, cin, h, w], `weight` [cout, cin, kh, kw].

    Returns the features and the new mask [n, cout, h', w'].
    """
    _, cin, kh, kw = weight.shape
    padding = ((kh - 1) // 2, (kw - 1) // 2)
    with torch.no_grad():
        window_sum = F.conv2d(mask, torch.ones_like(weight), stride=stride, padding=padding)
        new_mask = (window_sum > 0).to(mask.dtype)
        ratio = torch.where(window_sum > 0, cin * kh * kw / window_sum, torch.zeros_like(window_sum))
    out = F.conv2d(features * mask, weight, stride=stride, padding=padding) * ratio
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1) * new_mask
    return out, new_mask


def typical_conv(features, weight, bias=None, stride=1):
    """What everybody calls a convolution, zeros around."""
    _, _, kh, kw = weight.shape
    return F.conv2d(features, weight, bias, stride=stride, padding=((kh - 1) // 2, (kw - 1) // 2))


def double(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


TAPS = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=torch.float64)


def binomial_sums(x):
    """4x4 binomial sums at stride 2; one pixel of hole before, one or two after."""
    _, c, h, w = x.shape
    kernel = torch.outer(TAPS, TAPS).expand(c, 1, 4, 4)
    return F.conv2d(F.pad(x, (1, 1 + w % 2, 1, 1 + h % 2)), kernel, stride=2, groups=c)


def mean3(x):
    return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)


def pyramid_fill(image, mask):
    """The filled image at every level, finest first. `image` [n, c, h, w], `mask` [n, 1, h, w]."""
    levels = [(image * mask, mask)]
    while max(levels[-1][0].shape[2:]) > 1:
        known, valid = levels[-1]
        weights = binomial_sums(valid)
        new_valid = (weights > 0).to(valid.dtype)
        levels.append((binomial_sums(known) / weights.clamp(min=1) * new_valid, new_valid))
    filled = [levels.pop()[0]]
    for known, valid in reversed(levels):
        h, w = known.shape[2:]
        up = F.interpolate(mean3(filled[0]), scale_factor=2, mode="bilinear", align_corners=False)
        hole = 1 - valid
        x = known + hole * up[:, :, :h, :w]
        filled.insert(0, known + hole * mean3(x))
    return filled


def layer_table(encoder, base, normalisation):
    """Three lists of (path, kernel, cin, cout, has_batch_norm, activation): Table 2 of the paper for any depth, and
    over a base the heads, which turn decoder features into a correction of the image."""
    depth = len(encoder)
    channels = [3] + [c for _, c in encoder]
    extra = 0 if base == "none" else 4
    down, up = [], []
    for i, (kernel, cout) in enumerate(encoder):
        down.append(("encoder/%d" % (i + 1), kernel, channels[i] + (extra if i == 0 else 0), cout,
                     normalisation == "batch" and i > 0, "relu"))
    for i in range(depth):
        joined = depth - 1 - i
        is_last = i == depth - 1
        up.append(("decoder/%d" % (i + 1), 3, channels[joined + 1] + channels[joined] + extra, channels[joined],
                   normalisation == "batch" and not is_last, "none" if is_last else "leaky_relu"))
    heads = [] if base == "none" else [(path + "/head", 1, cout, 3, False, "none") for path, _, _, cout, _, _ in up[:-1]]
    return down, up, heads


def run_unet(config, parameters, image, mask, training, running, hole_value=None):
    """`config` is (encoder, base, normalisation). `parameters` by path, kernels HWIO. `running` by layer path:
    (mean, variance), updated in training mode. With a `hole_value` (three numbers), typical convolutions of the
    image with that value in its holes."""
    base = config[1]
    down, up, heads = layer_table(*config)
    every_mask = mask.expand_as(image)
    if hole_value is not None:
        image = torch.where(every_mask == 1, image, torch.tensor(hole_value, dtype=image.dtype).view(1, 3, 1, 1))
    joins = []
    if base == "pyramid":
        # What is missing nowhere: the fill around gray, and the share of known pixels.
        known = mask
        for fill in pyramid_fill(image, mask)[:len(down)]:
            joins.append(torch.cat([fill - 0.5, known], 1))
            known = F.avg_pool2d(known, 2)
        image = image - 0.5

    def run(parts, spec, stride):
        path, _, _, _, has_batch_norm, activation = spec
        weight = parameters[path + "/kernel"].permute(3, 2, 0, 1)
        x, bias = torch.cat([x for x, _ in parts], 1), parameters.get(path + "/bias")
        if hole_value is None:
            x, m = partial_conv(x, torch.cat([m for _, m in parts], 1), weight, bias, stride)
        else:
            x = typical_conv(x, weight, bias, stride)
            m = torch.ones_like(x)  # carried along, looked at by nobody
        if has_batch_norm:
            norm = path + "/batch_norm"
            x = F.batch_norm(x, *running[norm], parameters[norm + "/gamma"], parameters[norm + "/beta"],
                             training=training, momentum=0.1, eps=1e-5)
        if activation == "relu":
            x = F.relu(x)
        if activation == "leaky_relu":
            x = F.leaky_relu(x, 0.2)
        return x, m

    def fill_at(level):
        return [(joins[level], torch.ones_like(joins[level]))] if joins else []

    skips = [(image, every_mask)]
    for level, spec in enumerate(down):
        skips.append(run([skips[-1]] + (fill_at(0) if level == 0 else []), spec, 2))
    x, m = skips.pop()
    correction = 0
    for stage, spec in enumerate(up):
        skip = skips.pop()
        x, m = run([(double(x), double(m)), skip] + fill_at(len(skips)), spec, 1)
        if base == "pyramid":
            if stage > 0:
                correction = F.interpolate(correction, scale_factor=2, mode="bilinear", align_corners=False)
            own = run([(x, m)], heads[stage], 1)[0] if stage < len(heads) else x
            correction = own + correction
    return joins[0][:, :3] + 0.5 + correction if base == "pyramid" else x
