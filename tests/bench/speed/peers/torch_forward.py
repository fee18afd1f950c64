"""PyTorch's forward pass: torch_forward.py FORM DEVICE THREADS. FORM is "plain" (one mask channel for each group) or
"multi-channel" (as many as features, the form of NVIDIA's multi_channel=True). DEVICE is "cpu" or "cuda"."""
import sys
import time

import numpy as np
import torch

import host
import torch_net

form, device, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
torch.set_grad_enabled(False)
cached = {}


def network(file):
    if cached.get("path") != file["path"]:
        numbers = host.arrays(file)
        if form == "plain":
            model = torch_net.Net(file["config"], numbers).eval().to(device)
        else:
            parameters = {name: torch.from_numpy(values) for name, values in numbers.items()}
            # The oracle turns kernels at each call: here they lie as PyTorch wants them.
            for name in [name for name in parameters if name.endswith("/kernel")]:
                turned = parameters[name].permute(3, 2, 0, 1).contiguous()
                parameters[name] = turned.permute(2, 3, 1, 0)
            running = {name[:-len("/mean")]: (parameters[name], parameters[name[:-len("mean")] + "variance"])
                       for name in numbers if name.endswith("/mean")}
            model = lambda image, mask: torch_net.torch_network.run_unet(  # noqa: E731
                torch_net.setting(file["config"]), parameters, image, mask, False, running)
        cached.update(path=file["path"], model=model)
    return cached["model"]


def prepare(workload):
    size = workload["size"]
    if workload["kind"] == "op":
        weights = host.arrays(workload["weights"])
        weight = torch.from_numpy(weights["kernel"]).permute(3, 2, 0, 1).contiguous()
        bias = torch.from_numpy(weights["bias"])
        values, channels = host.floats(workload["features"]), workload["cin"]
        if form == "plain":
            conv = torch_net.PartialConv2d(weight, bias).to(device)
            model = lambda x, m: conv([(x, m)])[0]  # noqa: E731
        else:
            model = lambda x, m: torch_net.torch_network.partial_conv(  # noqa: E731
                x, m.expand_as(x).contiguous(), weight, bias)[0]
    else:
        model, values, channels = network(workload["network"]), host.floats(workload["rgb01"]), 3
    image = torch.from_numpy(values.reshape(1, size, size, channels)).permute(0, 3, 1, 2).contiguous()
    mask = torch.from_numpy(np.fromfile(workload["validMask"], "u1").astype("<f4").reshape(1, 1, size, size))
    last = {}

    def run():
        start = time.perf_counter()
        last["output"] = model(image.to(device), mask.to(device)).cpu()
        return (time.perf_counter() - start) * 1000

    return run, lambda: last["output"].permute(0, 2, 3, 1).numpy()


if device == "cuda" and not torch.cuda.is_available():
    print('{"error": "this PyTorch finds no CUDA device"}')
    sys.exit()
where = "CPU, %d threads" % threads if device == "cpu" else torch.cuda.get_device_name(0)
host.serve("PyTorch %s, %s" % (torch.__version__, where), prepare)
