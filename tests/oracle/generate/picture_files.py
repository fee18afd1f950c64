"""Writes small TIFF, AVIF and BMP files of others, with the pixels that others read in them, as fixtures: tiff_files,
bmp_files and avif_files.

Run from the repository root: /usr/bin/python3 -B tests/oracle/generate/picture_files.py
Needs Debian's imagemagick 6, libavif-bin 0.11, libtiff-tools and chromium (which turns AVIF upright; avifdec does not).
"""
import base64
import hashlib
import html
import json
import os
import re
import subprocess
import tempfile

import numpy as np

from formulas import write_fixture

WIDTH, HEIGHT = 18, 11
FOLDER = tempfile.mkdtemp()


def run(*command):
    return subprocess.run(command, check=True, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def base64_of(data):
    return base64.b64encode(data).decode()


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


PICTURES = []


def shared(pixels):
    """Number of a picture in the list, where it stands once."""
    text = base64_of(pixels)
    if text not in PICTURES:
        PICTURES.append(text)
    return PICTURES.index(text)


def rgba(name, depth):
    """Pixels as ImageMagick reads the first page; of 16 bits in little-endian order."""
    return shared(run("convert", name + "[0]", "-depth", str(depth), "-endian", "LSB", "RGBA:-"))


# Smooth in one direction and rough in the other, no two rows or columns alike, every channel of its own.
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
colour = np.stack([x * 3449 + y * 7, y * 5039 + (x * x) % 5 * 257, (x * y * 977) % 65536], axis=-1).astype("<u2")
alpha = ((x + 2 * y) * 1500 % 65536)[..., None].astype("<u2")
for name, data, kind, depth in [
    ("rgb16", colour, "RGB", 16), ("rgb8", colour >> 8, "RGB", 8),
    ("rgba16", np.concatenate([colour, alpha], -1), "RGBA", 16),
    ("rgba8", np.concatenate([colour, alpha], -1) >> 8, "RGBA", 8),
]:
    with open(os.path.join(FOLDER, name + ".raw"), "wb") as file:
        file.write(data.astype("<u2" if depth == 16 else "u1").tobytes())
    run("convert", "-size", "%dx%d" % (WIDTH, HEIGHT), "-depth", str(depth), "-endian", "LSB",
        "%s:%s.raw" % (kind, name), name + ".png")

# Without a type ImageMagick makes a palette of few colours.
TYPES = {"rgb8": ["-type", "TrueColor"], "rgba8": ["-type", "TrueColorAlpha"]}
GREY = ["-colorspace", "Gray", "-type", "Grayscale"]
TIFFS = {
    "rgb, none": ("rgb8", 8, ["-compress", "None"]),
    "rgb, LZW": ("rgb8", 8, ["-compress", "LZW"]),
    "rgb, Deflate": ("rgb8", 8, ["-compress", "Zip"]),
    "rgb, PackBits": ("rgb8", 8, ["-compress", "RLE"]),
    "rgb, predicted, strips of 4 rows": ("rgb8", 8, ["-compress", "LZW", "-define", "tiff:predictor=2", "-define", "tiff:rows-per-strip=4"]),
    "rgb, tiles": ("rgb8", 8, ["-compress", "Zip", "-define", "tiff:tile-geometry=16x16"]),
    "rgb, planes": ("rgb8", 8, ["-compress", "LZW", "-interlace", "plane"]),
    "rgb, big-endian": ("rgb8", 8, ["-compress", "LZW", "-endian", "MSB"]),
    "rgb, on its side": ("rgb8", 8, ["-orient", "RightTop", "-compress", "Zip"]),
    "rgba": ("rgba8", 8, ["-compress", "LZW"]),
    "rgba, multiplied": ("rgba8", 8, ["-define", "tiff:alpha=associated"]),
    "rgb of 16 bits": ("rgb16", 16, ["-compress", "Zip", "-define", "tiff:predictor=2"]),
    "rgb of 16 bits, big-endian": ("rgb16", 16, ["-compress", "LZW", "-define", "tiff:predictor=2", "-endian", "MSB"]),
    "rgba of 16 bits, tiles": ("rgba16", 16, ["-compress", "Zip", "-define", "tiff:predictor=2", "-define", "tiff:tile-geometry=16x16"]),
    "grey": ("rgb8", 8, [*GREY, "-depth", "8", "-compress", "LZW"]),
    "grey of 16 bits": ("rgb16", 16, [*GREY, "-compress", "RLE"]),
    "grey of 4 bits": ("rgb8", 8, [*GREY, "-depth", "4", "-compress", "None"]),
    "grey, white is zero": ("rgb8", 8, [*GREY, "-define", "quantum:polarity=min-is-white", "-compress", "Zip"]),
    "black and white": ("rgb8", 8, ["-monochrome", "-type", "Bilevel", "-compress", "Zip"]),
    "palette": ("rgb8", 8, ["+dither", "-posterize", "4", "-type", "Palette", "-compress", "LZW"]),
}
REFUSED = {
    "CMYK": ["-colorspace", "CMYK", "-type", "ColorSeparation"],
    "JPEG": ["-compress", "JPEG"],
    "fax": ["-monochrome", "-type", "Bilevel", "-compress", "Group4"],
}


def tiff(name, source, options):
    run("convert", source + ".png", "-strip", "-depth", source[-2:].lstrip("ba"), *TYPES.get(source, []), *options, name)
    return base64_of(read(name))


def tiff_cases():
    cases = []
    for name, (source, depth, options) in TIFFS.items():
        file = tiff("a.tif", source, options)
        cases.append({"name": name, "file": file, "depth": depth, "rgba": rgba("a.tif", depth)})
    run("convert", "rgb8.png", "-strip", "-depth", "8", *TYPES["rgb8"], "-compress", "None", "b.tif")
    run("tiffcp", "-c", "lzw:2", "-t", "-w", "16", "-l", "16", "b.tif", "c.tif")
    cases.append({"name": "tiles by tiffcp", "file": base64_of(read("c.tif")), "depth": 8, "rgba": rgba("c.tif", 8)})
    run("convert", "rgb8.png", "rgba8.png", "-strip", "-depth", "8", *TYPES["rgba8"], "-compress", "Zip", "d.tif")
    cases.append({"name": "two pages", "file": base64_of(read("d.tif")), "depth": 8, "rgba": rgba("d.tif", 8)})
    for name, options in REFUSED.items():
        cases.append({"name": name, "file": tiff("a.tif", "rgb8", options), "depth": 0, "rgba": None})
    run("tiffcp", "-8", "b.tif", "e.tif")
    cases.append({"name": "BigTIFF", "file": base64_of(read("e.tif")), "depth": 0, "rgba": None})
    run("tiffset", "-s", "254", "1", "c.tif")
    cases.append({"name": "thumbnail first", "file": base64_of(read("c.tif")), "depth": 0, "rgba": None})
    return cases


BMPS = {
    "24 bits": ("rgb8", ["BMP3:a.bmp"]),
    "24 bits of version 5": ("rgb8", ["a.bmp"]),
    "32 bits with alpha": ("rgba8", ["a.bmp"]),
    "8 bits": ("rgb8", ["+dither", "-posterize", "4", "-type", "Palette", "-compress", "None", "BMP3:a.bmp"]),
    "1 bit": ("rgb8", ["-monochrome", "-type", "Bilevel", "BMP3:a.bmp"]),
}


def bmp_cases():
    cases = []
    for name, (source, options) in BMPS.items():
        run("convert", source + ".png", "-strip", "-depth", "8", *TYPES[source], *options)
        cases.append({"name": name, "file": base64_of(read("a.bmp")), "rgba": rgba("a.bmp", 8)})
    return cases


LOSSLESS = ["--lossless", "--cicp", "1/13/0", "--speed", "8"]
# Rotation against the clock in quarters and mirroring (0 top to bottom, 1 left to right) for each EXIF orientation.
TURNS = {
    1: [], 2: ["--imir", "1"], 3: ["--irot", "2"], 4: ["--imir", "0"], 5: ["--irot", "1", "--imir", "0"],
    6: ["--irot", "3"], 7: ["--irot", "3", "--imir", "0"], 8: ["--irot", "1"],
}
AVIFS = {
    "lossless": ("rgb8", 8, LOSSLESS),
    "lossless with alpha": ("rgba8", 8, LOSSLESS),
    "10 bits": ("rgb16", 16, [*LOSSLESS, "--depth", "10"]),
    "12 bits with alpha": ("rgba16", 16, [*LOSSLESS, "--depth", "12"]),
    "grey": ("rgb8", 8, ["--yuv", "400", "--min", "0", "--max", "0", "--speed", "8"]),
    "lossy, halved colour": ("rgb8", 8, ["--yuv", "420", "--min", "20", "--max", "20", "--speed", "8"]),
}


def in_browser(files):
    """Pixels as chromium shows them."""
    sources = json.dumps(["data:image/avif;base64," + file for file in files])
    page = """<pre></pre><script>
    const draw = (source) => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        resolve([canvas.width, canvas.height, btoa(String.fromCharCode(...data))]);
      };
      image.src = source;
    });
    Promise.all(%s.map(draw)).then((all) => document.querySelector("pre").textContent = JSON.stringify(all));
    </script>""" % sources
    with open(os.path.join(FOLDER, "page.html"), "w") as file:
        file.write(page)
    dom = run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000",
              "--force-color-profile=srgb", "--dump-dom", "file://%s/page.html" % FOLDER).decode()
    return json.loads(html.unescape(re.search("<pre>(.*?)</pre>", dom, re.S).group(1)))


def avif_cases():
    cases = []
    for name, (source, depth, options) in AVIFS.items():
        run("avifenc", *options, source + ".png", "a.avif")
        run("avifdec", "--depth", str(depth), "a.avif", "a.png")
        cases.append({"name": name, "file": base64_of(read("a.avif")), "depth": depth, "rgba": rgba("a.png", depth)})
    return cases


def turned_cases():
    files = []
    for options in TURNS.values():
        run("avifenc", *LOSSLESS, *options, "rgb8.png", "a.avif")
        files.append(base64_of(read("a.avif")))
    shown = in_browser(files)
    return [{"orientation": orientation, "file": file, "size": [width, height], "rgba": pixels}
            for orientation, file, (width, height, pixels) in zip(TURNS, files, shown)]


def described_avif():
    """An AVIF with EXIF, XMP and a profile, each a few bytes."""
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    blocks = {"exif": exif, "xmp": b"<x:xmpmeta/>"}
    for name, block in blocks.items():
        with open(os.path.join(FOLDER, name), "wb") as file:
            file.write(block)
    run("avifenc", *LOSSLESS, "--exif", "exif", "--xmp", "xmp", "rgb8.png", "a.avif")
    return {"file": base64_of(read("a.avif")), **{name: base64_of(block) for name, block in blocks.items()}}


def grid_avif():
    """Two tiles side by side."""
    run("convert", "-size", "64x64", "gradient:red-blue", "-rotate", "90", "-depth", "8", "t.png")
    run("avifenc", *LOSSLESS, "--grid", "2x1", "t.png", "t.png", "a.avif")
    run("avifdec", "a.avif", "a.png")
    return {"file": base64_of(read("a.avif")), "sha256": hashlib.sha256(run("convert", "a.png", "-depth", "8", "RGBA:-")).hexdigest()}


def sequence_avif():
    run("avifenc", *LOSSLESS, "rgb8.png", "rgb8.png", "a.avif")
    return base64_of(read("a.avif"))


SOURCES = ["picture_files.py", "formulas.py"]
REFERENCE = "ImageMagick 6.9.11 with libtiff 4.5, libavif 0.11.1 with dav1d, chromium for what is turned"
for name, make in {
    "tiff_files": lambda: {"tiff": tiff_cases()},
    "bmp_files": lambda: {"bmp": bmp_cases()},
    "avif_files": lambda: {
        "avif": avif_cases(), "turned": turned_cases(), "described": described_avif(), "grid": grid_avif(),
        "sequence": sequence_avif(),
    },
}.items():
    PICTURES.clear()
    write_fixture(name, SOURCES, REFERENCE, {"size": [WIDTH, HEIGHT], **make(), "pictures": PICTURES})
