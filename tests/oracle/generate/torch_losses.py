"""The losses of Liu et al. 2018 in PyTorch, written from equations 1 to 7. Images and masks are NHWC."""
import torch.nn.functional as F

from formulas import to_nchw


def composite(output, target, mask):
    return mask * target + (1 - mask) * output


def hole(output, target, mask):
    return ((1 - mask) * (output - target)).abs().sum() / target.numel()


def valid(output, target, mask):
    return (mask * (output - target)).abs().sum() / target.numel()


def hole_log_mse(output, target, mask):
    """Mean over the images of ln(mean square over the hole + 1e-4). Not in the paper."""
    squares = ((1 - mask) * (output - target) ** 2).sum((1, 2, 3))
    count = (1 - mask).sum((1, 2, 3)) * 3
    return (squares / count.clamp(min=1) + 1e-4).log().mean()


def total_variation(output, target, mask):
    """Equation 6: pairs that both lie in the hole dilated by one pixel."""
    image = composite(output, target, mask)
    region = F.max_pool2d(to_nchw(1 - mask), 3, 1, 1).permute(0, 2, 3, 1)
    right = (image[:, :, 1:] - image[:, :, :-1]).abs() * region[:, :, 1:] * region[:, :, :-1]
    down = (image[:, 1:] - image[:, :-1]).abs() * region[:, 1:] * region[:, :-1]
    return (right.sum() + down.sum()) / image.numel()


def perceptual(extract):
    """Equation 3. `extract` gives the maps Psi_p, [n, c, h, w], of an image."""
    def loss(output, target, mask):
        wanted = extract(target)
        total = 0
        for image in (output, composite(output, target, mask)):
            for psi, psi_gt in zip(extract(image), wanted):
                total = total + (psi - psi_gt).abs().sum() / psi_gt.numel()
        return total
    return loss


def gram(psi):
    """Psi^T Psi / (C H W) of every image, Psi being (H W) x C."""
    n, c, h, w = psi.shape
    columns = psi.permute(0, 2, 3, 1).reshape(n, h * w, c)
    return columns.transpose(1, 2) @ columns / (c * h * w)


def style(extract, images):
    """Equations 4 and 5, the mean over the batch. `images` is a list of "output" and "composite"."""
    def loss(output, target, mask):
        pictures = {"output": output, "composite": composite(output, target, mask)}
        total = 0
        for name in images:
            for psi, psi_gt in zip(extract(pictures[name]), extract(target)):
                n, c = psi.shape[:2]
                total = total + (gram(psi) - gram(psi_gt)).abs().sum() / (n * c * c)
        return total
    return loss


def equation_7(extract):
    """The whole objective with the weights of the paper."""
    terms = [(1, valid), (6, hole), (0.05, perceptual(extract)),
             (120, style(extract, ["output", "composite"])), (0.1, total_variation)]

    def loss(output, target, mask):
        return sum(weight * term(output, target, mask) for weight, term in terms)
    return loss
