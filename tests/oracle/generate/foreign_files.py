"""Writes small files of others, with their numbers, as fixtures: torch_files, evil_torch_files, hdf5_files,
hdf5_half and pickles.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/foreign_files.py
Needs Debian's python3-torch and python3-h5py.
"""
import base64
import collections
import copyreg
import io
import os
import pickle
import zipfile

import h5py
import numpy as np
import torch

from formulas import formula_tensor, values, write_fixture


class Reduced:
    """Pickles as whatever `reduced` says, to write what PyTorch of 2017 wrote, or what nobody should."""

    def __init__(self, *reduced, pretends=None):
        self.reduced = reduced
        self.pretends = pretends

    @property
    def __class__(self):
        return self.pretends or Reduced

    def __reduce_ex__(self, protocol):
        return self.reduced


def base64_of(data):
    return base64.b64encode(data).decode()


def torch_bytes(value, is_zip):
    out = io.BytesIO()
    torch.save(value, out, _use_new_zipfile_serialization=is_zip)
    return out.getvalue()


def deflated(data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry))
    return out.getvalue()


a = formula_tensor([2, 3, 4]).float()
square = formula_tensor([4, 4], kind="ramp").float()
tensors = collections.OrderedDict(
    plain=a,
    turned=a.permute(2, 0, 1),
    part=a[1:, :, 1:3],
    every_second=square[::2, 1::2],
    last_first=formula_tensor([2, 3, 2, 2]).float().contiguous(memory_format=torch.channels_last),
    expanded=a[:, 0, :1].expand(2, 3),
    double=formula_tensor([3], phase=1),
    half=formula_tensor([2, 2], phase=2).half(),
    bfloat=formula_tensor([2, 2], phase=3).bfloat16(),
    parameter=torch.nn.Parameter(formula_tensor([2, 1], phase=4).float()),
    long=torch.tensor([-3, 2**40]),
    int=torch.tensor([-3, 2**30], dtype=torch.int32),
    short=torch.tensor([-300, 300], dtype=torch.int16),
    char=torch.tensor([-100, 100], dtype=torch.int8),
    byte=torch.tensor([0, 200], dtype=torch.uint8),
    bool=torch.tensor([True, False]),
    scalar=torch.tensor(2.5),
    empty=torch.zeros(0, 3),
)
numbers = {name: values(tensor) for name, tensor in tensors.items()}
checkpoint = {"model": tensors, "optimizer": {"state": {0: {"exp_avg": a}}, "lr": [1e-3]}, "epoch": 7}
model = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 1), torch.nn.BatchNorm2d(3))
with torch.no_grad():
    for index, parameter in enumerate(model.parameters()):
        parameter.copy_(formula_tensor(list(parameter.shape), phase=index))

# The oldest ways to pickle a tensor.
storage = a.storage()
oldest = collections.OrderedDict(
    rebuilt=Reduced(torch._utils._rebuild_tensor, (storage, 4, (2, 3), (3, 1))),
    typed=Reduced(torch.FloatTensor, (), (storage, 12, (2, 2), (1, 6))),
    parameter=Reduced(copyreg.__newobj__, (torch.nn.Parameter, a), (True, False, collections.OrderedDict()),
                      pretends=torch.nn.Parameter),
)
oldest_numbers = {
    "rebuilt": values(torch.as_strided(a, (2, 3), (3, 1), 4)),
    "typed": values(torch.as_strided(a, (2, 2), (1, 6), 12)),
    "parameter": values(a),
}


def torch_case(name, value, expected):
    zipped = torch_bytes(value, True)
    files = {"zip": zipped, "deflated zip": deflated(zipped), "legacy": torch_bytes(value, False)}
    return {"name": name, "files": {kind: base64_of(data) for kind, data in files.items()}, "arrays": expected}


def hdf5_case(name, fill, expected, **options):
    out = io.BytesIO()
    with h5py.File(out, "w", **options) as file:
        fill(file)
    return {"name": name, "file": base64_of(out.getvalue()), "arrays": expected}


def fill_hdf5(file):
    file.attrs["layer_names"] = [b"block1_conv1"]
    group = file.create_group("block1_conv1")
    group["block1_conv1_W_1:0"] = a.numpy()
    group["block1_conv1_b_1:0"] = square.double().numpy().astype(">f8")
    group.create_dataset("packed", data=square.numpy(), chunks=(3, 3), compression="gzip", shuffle=True)
    group["counts"] = np.array([-3, 2**40])
    group["text"] = "no numbers"
    file["missing"] = h5py.SoftLink("/nowhere")
    file["outside"] = h5py.ExternalLink("/etc/passwd", "/")


hdf5_numbers = {
    "block1_conv1/block1_conv1_W_1:0": values(a),
    "block1_conv1/block1_conv1_b_1:0": values(square),
    "block1_conv1/packed": values(square),
    "block1_conv1/counts": values(torch.tensor([-3, 2**40])),
}

plain = {
    "none": None, "yes": True, "no": False, "small": 7, "two": 300, "negative": -5, "large": 2**40, "real": 1.5,
    "text": "Gr\u00fc\u00dfe", "list": [1, [2.5, "x"]], "tuple": [3, 4], "long": [0] * 3,
}
with_tuple = dict(plain, tuple=(3, 4), again=plain["list"])
pickles = [{"name": "protocol %d" % protocol, "file": base64_of(pickle.dumps(with_tuple, protocol)),
            "value": dict(plain, again=plain["list"])} for protocol in range(6)]

evil = Reduced(os.system, ("echo pwned",))
evils = [{"name": name, "file": base64_of(torch_bytes(value, is_zip)), "refused": refused}
         for name, value, is_zip, refused in [
             ("os.system, zip", {"a": a, "b": evil}, True, "posix.system"),
             ("os.system, legacy", {"a": a, "b": evil}, False, "posix.system"),
             ("eval", Reduced(eval, ("1 + 1",)), True, "__builtin__.eval"),
             ("a whole model", model, True, "torch.nn.modules.container.Sequential"),
         ]]

SOURCES = ["foreign_files.py", "formulas.py"]
write_fixture("torch_files", SOURCES, "torch.save", [
    torch_case("every kind", checkpoint, numbers),
    torch_case("state_dict", model.state_dict(), {k: values(v) for k, v in model.state_dict().items()}),
    torch_case("oldest", oldest, oldest_numbers),
])
write_fixture("evil_torch_files", SOURCES, "torch.save", evils)
write_fixture("hdf5_files", SOURCES, "h5py", [
    hdf5_case("oldest layout", fill_hdf5, hdf5_numbers, libver="earliest"),
    hdf5_case("latest layout", fill_hdf5, hdf5_numbers, libver="latest"),
])
write_fixture("hdf5_half", SOURCES, "h5py", [
    hdf5_case("half", lambda file: file.create_dataset("a/half", data=a.half().numpy()), None, libver="latest"),
])
write_fixture("pickles", SOURCES, "pickle.dumps", pickles)
