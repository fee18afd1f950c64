"""Writes the network, or one partial convolution, of a workload as an ONNX graph, opset 15, of this one size; the base
fill is part of the graph: export_onnx.py WORKLOAD.json OUTPUT.onnx"""
import json
import pathlib
import sys

import torch

import host
import torch_net

torch.set_grad_enabled(False)


class Single(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        kernel = torch.from_numpy(weights["kernel"]).permute(3, 2, 0, 1)
        self.conv = torch_net.PartialConv2d(kernel, torch.from_numpy(weights["bias"]))

    def forward(self, image, mask):
        return self.conv([(image, mask)])[0]


workload = json.loads(pathlib.Path(sys.argv[1]).read_text())
size = workload["size"]
if workload["kind"] == "op":
    model, channels = Single(host.arrays(workload["weights"])), workload["cin"]
else:
    model, channels = torch_net.Net(workload["network"]["config"], host.arrays(workload["network"])), 3
image, mask = torch.zeros(1, channels, size, size), torch.ones(1, 1, size, size)
torch.onnx.export(model.eval(), (image, mask), sys.argv[2], opset_version=15, input_names=["image", "mask"],
                  output_names=["output"], do_constant_folding=True)
