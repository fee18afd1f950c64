"""PyTorch's training step with the same losses and Adam: torch_train.py THREADS. Features of each picture are computed
once a step, as this project does, and those of the target without a way back."""
import sys
import time

import numpy as np
import torch

import host
import torch_net
import torch_losses as losses
from torch_vgg import run_vgg

threads = int(sys.argv[1])
torch.set_num_threads(threads)  # after the imports: the oracle wants 1


def vgg(file):
    """Feature maps of an image [n, h, w, 3]."""
    numbers = host.arrays(file)
    names = [entry["name"][:-len("/kernel")] for entry in file["arrays"] if entry["name"].endswith("/kernel")]
    layers = [(torch.from_numpy(numbers[n + "/kernel"]).permute(3, 2, 0, 1).contiguous(),
               torch.from_numpy(numbers[n + "/bias"]), n in ("conv1_2", "conv2_2", "conv3_3")) for n in names]
    mean = torch.tensor(file["mean"])
    return lambda image: run_vgg(layers, image - mean)


def style(maps, wanted):
    return sum((losses.gram(a) - losses.gram(b)).abs().sum() / (a.shape[0] * a.shape[1] ** 2) for a, b in zip(maps, wanted))


def perceptual(maps, wanted):
    return sum((a - b).abs().sum() / b.numel() for a, b in zip(maps, wanted))


def objective(weights, extract, output, target, mask):
    terms = {"valid": losses.valid, "hole": losses.hole, "hole-log-mse": losses.hole_log_mse,
             "total-variation": losses.total_variation}
    total = sum(w * terms[name](output, target, mask) for name, w in weights.items() if name in terms)
    if extract is None:
        return total
    with torch.no_grad():
        wanted = extract(target)
    of_output, of_composite = extract(output), extract(losses.composite(output, target, mask))
    total = total + weights["perceptual"] * (perceptual(of_output, wanted) + perceptual(of_composite, wanted))
    return total + weights["style-out"] * style(of_output, wanted) + weights["style-comp"] * style(of_composite, wanted)


def prepare(workload):
    n, size, file = workload["batch"], workload["size"], workload["network"]
    model = torch_net.Net(file["config"], host.arrays(file)).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=workload["learningRate"])
    extract = vgg(workload["vgg"]) if "vgg" in workload else None
    bytes_of = lambda name, shape: torch.from_numpy(np.fromfile(workload[name], "u1").reshape(shape))  # noqa: E731
    pixels, holes = bytes_of("rgb255", (n, size, size, 3)), bytes_of("holeMask", (n, size, size, 1))
    totals = []

    def run():
        start = time.perf_counter()
        target, mask = pixels.float() / 255, 1 - holes.float()
        optimizer.zero_grad()
        output = model(target.permute(0, 3, 1, 2).contiguous(), mask.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        total = objective(workload["losses"], extract, output, target, mask)
        total.backward()
        optimizer.step()
        totals.append(total.item())
        return (time.perf_counter() - start) * 1000

    return run, lambda: np.array(totals)


host.serve("PyTorch %s CPU, %d threads" % (torch.__version__, threads), prepare)
