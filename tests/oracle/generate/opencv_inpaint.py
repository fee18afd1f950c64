"""Writes tests/oracle/fixtures/opencv_inpaint.json: what cv2.inpaint makes of a formula picture.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/opencv_inpaint.py
Needs Debian's python3-opencv. Picture and mask stand again, in TypeScript, in
tests/unit/methods/opencv_inpaint_test.ts.
"""
import hashlib
import json
import pathlib
import sys

import cv2
import numpy as np

COMMAND = "/usr/bin/python3 tests/oracle/generate/opencv_inpaint.py"
WIDTH, HEIGHT, RADIUS, PAD = 24, 18, 3, 1


def picture():
    y, x, c = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    return ((x * 7 + y * 3 + c * 40 + (x * y) % 13 * 2) % 256).astype(np.uint8)


def hole():
    """A disc, a stroke, and a corner of the picture."""
    y, x = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), indexing="ij")
    disc = (x - 12) ** 2 + (y - 9) ** 2 < 14
    return (disc | (x + y == 22) | ((x < 4) & (y < 3))).astype(np.uint8)


def main():
    path = pathlib.Path(__file__)
    holes = hole()
    damaged = picture() * (1 - holes)[:, :, None]
    image = cv2.copyMakeBorder(damaged, PAD, PAD, PAD, PAD, cv2.BORDER_CONSTANT, value=0)
    mask = cv2.copyMakeBorder(holes * 255, PAD, PAD, PAD, PAD, cv2.BORDER_CONSTANT, value=255)
    filled = {}
    for name, flag in {"telea": cv2.INPAINT_TELEA, "navier-stokes": cv2.INPAINT_NS}.items():
        result = cv2.inpaint(image, mask, RADIUS, flag)[PAD:-PAD, PAD:-PAD]
        filled[name] = result[holes == 1].flatten().tolist()
    document = {
        "meta": {
            "reference": f"OpenCV {cv2.__version__} cv2.inpaint, radius {RADIUS}, hole pixels in order",
            "command": COMMAND,
            "generatorSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "width": WIDTH,
        "height": HEIGHT,
        "filled": filled,
    }
    out = path.parent.parent / "fixtures" / "opencv_inpaint.json"
    out.write_text(json.dumps(document) + "\n")
    print(f"wrote {out}", file=sys.stderr)


main()
