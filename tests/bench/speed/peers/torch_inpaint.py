"""One picture from file to file, as a script over PyTorch would do it:
torch_inpaint.py NETWORK.json IMAGE.png MASK.png OUTPUT.png"""
import json
import os
import pathlib
import sys

import cv2
import numpy as np
import torch

import host
import torch_net

torch.set_num_threads(os.cpu_count())
torch.set_grad_enabled(False)
file = json.loads(pathlib.Path(sys.argv[1]).read_text())
model = torch_net.Net(file["config"], host.arrays(file)).eval()
image = cv2.cvtColor(cv2.imread(sys.argv[2]), cv2.COLOR_BGR2RGB)
hole = cv2.imread(sys.argv[3], cv2.IMREAD_GRAYSCALE) >= 128
multiple = 2 ** len(file["config"]["encoder"])
height, width = hole.shape
# What is added is hole.
image = np.pad(image, ((0, -height % multiple), (0, -width % multiple), (0, 0)))
mask = np.pad(1 - hole.astype("f4"), ((0, -height % multiple), (0, -width % multiple)))
output = model(torch.from_numpy(image.astype("f4") / 255).permute(2, 0, 1)[None], torch.from_numpy(mask)[None, None])
filled = (output[0].permute(1, 2, 0).clamp(0, 1) * 255).round().byte().numpy()
image[mask == 0] = filled[mask == 0]
cv2.imwrite(sys.argv[4], cv2.cvtColor(image[:height, :width], cv2.COLOR_RGB2BGR))
