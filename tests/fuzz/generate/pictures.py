"""Small valid pictures of every kind, as the libraries that people use write them.

    /usr/bin/python3 tests/fuzz/generate/pictures.py > tests/fuzz/seeds/pictures.json

Needs Debian's python3-pil (9.4); the interlaced PNG is written here, because Pillow writes none.
"""

import base64
import io
import json
import struct
import zlib

from PIL import Image, ImageCms

WIDTH, HEIGHT = 19, 13


def rgba(width=WIDTH, height=HEIGHT, shift=0):
    image = Image.new("RGBA", (width, height))
    image.putdata([
        ((x * 13 + shift) % 256, y * 19 % 256, (x * y * 3) % 256, 255 if x > 3 else x * 60)
        for y in range(height) for x in range(width)
    ])
    return image


def exif():
    data = Image.Exif()
    data[0x0112] = 6
    data[0x010F] = "Maker of cameras"
    data[0x0132] = "2020:01:01 00:00:00"
    data[0x8298] = "Someone"
    return data.tobytes()


ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(interlaced):
    """RGB of 16 bits; interlaced by Adam7, all rows without a filter."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
              (0, 1, 1, 2)] if interlaced else [(0, 0, 1, 1)]
    rows = b""
    for x0, y0, dx, dy in passes:
        for y in range(y0, HEIGHT, dy):
            xs = range(x0, WIDTH, dx)
            if len(xs):
                rows += b"\0" + b"".join(struct.pack(">HHH", x * 3000, y * 4000, x * y * 50) for x in xs)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, 2, 0, 0, 1 if interlaced else 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"gAMA", struct.pack(">I", 45455)) + \
        chunk(b"IDAT", zlib.compress(rows)) + chunk(b"tEXt", b"Comment\0made by hand") + chunk(b"IEND", b"")


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pictures():
    colour = rgba()
    opaque = colour.convert("RGB")
    palette = opaque.quantize(7)
    grey = opaque.convert("L")
    frames = [rgba(shift=40).convert("RGB").quantize(5)]
    grey16 = Image.new("I;16", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            grey16.putpixel((x, y), (x * 3000 + y * 17) % 65536)
    told = {"exif": exif(), "icc_profile": ICC}
    yield "png", "rgba with iCCP and eXIf", saved(colour, "PNG", **told)
    yield "png", "rgb", saved(opaque, "PNG")
    yield "png", "grey", saved(grey, "PNG")
    yield "png", "grey with alpha", saved(colour.convert("LA"), "PNG")
    yield "png", "palette with transparency", saved(palette, "PNG", transparency=2, bits=4)
    yield "png", "one bit", saved(grey.convert("1"), "PNG")
    yield "png", "grey of 16 bits", saved(grey16, "PNG")
    yield "png", "rgb of 16 bits", png16(False)
    yield "png", "rgb of 16 bits, interlaced", png16(True)
    yield "jpeg", "baseline 4:4:4", saved(opaque, "JPEG", quality=90, subsampling=0)
    yield "jpeg", "baseline 4:2:0 with EXIF and ICC", saved(opaque, "JPEG", quality=80, subsampling=2, **told)
    yield "jpeg", "progressive", saved(opaque, "JPEG", quality=85, progressive=True)
    yield "jpeg", "progressive with EXIF", saved(opaque, "JPEG", progressive=True, exif=exif())
    yield "jpeg", "grey", saved(grey, "JPEG", quality=60)
    yield "jpeg", "CMYK", saved(opaque.convert("CMYK"), "JPEG", quality=75)
    yield "webp", "lossy", saved(opaque, "WEBP", quality=70)
    yield "webp", "lossless with alpha", saved(colour, "WEBP", lossless=True)
    yield "webp", "lossy with alpha", saved(colour, "WEBP", quality=70)
    yield "webp", "extended with EXIF and ICC", saved(opaque, "WEBP", quality=70, **told)
    yield "webp", "animated", saved(opaque, "WEBP", save_all=True, append_images=[rgba(shift=9)])
    yield "gif", "plain", saved(palette, "GIF")
    yield "gif", "with transparency", saved(palette, "GIF", transparency=1)
    yield "gif", "animated", saved(palette, "GIF", save_all=True, append_images=frames, duration=40, loop=0)
    yield "gif", "interlaced", saved(palette, "GIF", interlace=1)
    yield "tiff", "plain", saved(opaque, "TIFF")
    yield "tiff", "LZW with ICC", saved(opaque, "TIFF", compression="tiff_lzw", icc_profile=ICC)
    yield "tiff", "deflate with alpha", saved(colour, "TIFF", compression="tiff_adobe_deflate")
    yield "tiff", "PackBits, palette", saved(palette, "TIFF", compression="packbits")
    yield "tiff", "grey of 16 bits", saved(grey16, "TIFF")
    yield "tiff", "one bit", saved(grey.convert("1"), "TIFF")
    yield "tiff", "JPEG inside", saved(opaque, "TIFF", compression="jpeg")
    yield "bmp", "rgb", saved(opaque, "BMP")
    yield "bmp", "palette", saved(palette, "BMP")
    yield "bmp", "one bit", saved(grey.convert("1"), "BMP")
    yield "bmp", "rgba", saved(colour, "BMP")


print(json.dumps({
    "command": "/usr/bin/python3 tests/fuzz/generate/pictures.py > tests/fuzz/seeds/pictures.json",
    "pictures": [
        {"kind": kind, "name": name, "file": base64.b64encode(data).decode()}
        for kind, name, data in pictures()
    ],
}, indent=1))
