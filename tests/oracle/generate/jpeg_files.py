"""Writes tests/oracle/fixtures/jpeg_files.json: one small picture as JPEGs of many kinds, made by libjpeg.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/jpeg_files.py
Needs Debian's python3-pil, python3-opencv and python3-numpy.
"""
import base64
import hashlib
import io
import json
import pathlib
import sys

import cv2
import numpy as np
import PIL
from PIL import Image

COMMAND = "/usr/bin/python3 tests/oracle/generate/jpeg_files.py"
WIDTH, HEIGHT = 37, 53


def picture():
    """Slopes, an edge and a little noise, so that all frequencies occur."""
    y, x = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), indexing="ij")
    red = 40 + 4 * x + 30 * np.sin(y / 3)
    green = np.where(x + y > 45, 190, 70) + 20 * np.sin(x * y / 40)
    blue = 220 - 3 * y + 25 * np.cos(x / 2)
    noise = (x * 13 + y * 29 + (x * y) % 7 * 11) % 17 - 8
    rgb = np.stack([red, green, blue], axis=-1) + noise[..., None]
    return Image.fromarray(rgb.clip(0, 255).astype(np.uint8))


def case(name, image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return described(name, options["quality"], file.getvalue())


def described(name, quality, file):
    return {"name": name, "quality": quality, "file": base64.b64encode(file).decode()}


def with_restarts(name, image, interval, quality, progressive):
    """Pillow 9 cannot write restart markers, OpenCV can; both use libjpeg."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_RST_INTERVAL, interval,
               cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
    file = cv2.imencode(".jpg", np.asarray(image)[..., ::-1], options)[1].tobytes()
    assert b"\xff\xd1" in file
    return described(name, quality, file)


def main():
    path = pathlib.Path(__file__)
    image = picture()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a description"
    cases = [
        case("4:4:4", image, quality=85, subsampling=0),
        case("4:2:2", image, quality=75, subsampling=1),
        case("4:2:0", image, quality=90, subsampling=2),
        case("grey", image.convert("L"), quality=80),
        case("best", image, quality=100, subsampling=0),
        case("worst", image, quality=1, subsampling=2),
        case("progressive 4:4:4", image, quality=70, subsampling=0, progressive=True),
        case("progressive 4:2:0", image, quality=92, subsampling=2, progressive=True),
        case("progressive grey", image.convert("L"), quality=60, progressive=True),
        with_restarts("restarts 4:2:0", image, 2, 50, False),
        with_restarts("restarts progressive", image, 3, 65, True),
        case("made to measure", image, quality=40, subsampling=1, optimize=True),
        case("one pixel", image.crop((5, 5, 6, 6)), quality=75, subsampling=2),
        case("camera", image, quality=88, subsampling=2, exif=exif, icc_profile=bytes(range(200)),
             comment=b"a comment"),
        case("CMYK", image.convert("CMYK"), quality=50),
    ]
    document = {
        "meta": {
            "reference": f"Pillow {PIL.__version__} and OpenCV {cv2.__version__}, both with libjpeg-turbo",
            "command": COMMAND,
            "generatorSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "width": WIDTH,
        "height": HEIGHT,
        "cases": cases,
    }
    out = path.parent.parent / "fixtures" / "jpeg_files.json"
    out.write_text(json.dumps(document) + "\n")
    print(f"wrote {out}, {out.stat().st_size} bytes", file=sys.stderr)


main()
