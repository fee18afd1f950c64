"""The other side of child.ts for contenders in Python: one JSON line in, one JSON line out."""
import json
import sys

import numpy as np


def floats(path, shape=None):
    array = np.fromfile(path, dtype="<f4")
    return array if shape is None else array.reshape(shape)


def arrays(file):
    """The arrays of an ArraysFile by name."""
    flat, offset, result = floats(file["path"]), 0, {}
    for entry in file["arrays"]:
        size = int(np.prod(entry["shape"]))
        result[entry["name"]] = flat[offset:offset + size].reshape(entry["shape"])
        offset += size
    return result


def serve(about, prepare):
    """`prepare(workload)` gives (run, output): run() runs once and returns milliseconds, output() the last result as
    an array, pixels last but channels."""
    # What libraries print must not be taken for answers.
    out, sys.stdout = sys.stdout, sys.stderr

    def answer(value):
        out.write(json.dumps(value) + "\n")
        out.flush()

    answer({"about": about})
    run = output = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                run = output = None
                run, output = prepare(request["workload"])
                answer({"ok": True})
            elif request["do"] == "run":
                answer({"ms": run()})
            else:
                np.ascontiguousarray(output(), dtype="<f4").tofile(request["path"])
                answer({"ok": True})
        except Exception as error:  # whatever it is, the bench says it and goes on
            answer({"error": "%s: %s" % (type(error).__name__, str(error).split("\n")[0])})
