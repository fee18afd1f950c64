"""OpenCV's Telea, Python's build, without the border that this project adds: cv2_telea.py THREADS"""
import sys
import time

import cv2
import numpy as np

import host

cv2.setNumThreads(int(sys.argv[1]))


def prepare(workload):
    size = workload["size"]
    image = np.round(host.floats(workload["rgb01"], (size, size, 3)) * 255).astype("u1")
    hole = 255 * (1 - np.fromfile(workload["validMask"], "u1").reshape(size, size))
    last = {}

    def run():
        start = time.perf_counter()
        last["output"] = cv2.inpaint(image, hole, 3, cv2.INPAINT_TELEA)
        return (time.perf_counter() - start) * 1000

    return run, lambda: last["output"].astype("<f4") / 255


host.serve("OpenCV %s in Python, radius 3" % cv2.__version__, prepare)
