"""Writes tests/oracle/fixtures/picture_metadata.json: small files with metadata, and PNG of 16 bits.

Run from the repository root: /usr/bin/python3 tests/oracle/generate/picture_metadata.py
Needs Debian's python3-pil and imagemagick. Containers are Pillow's and ImageMagick's; Exif blocks are laid out here with
struct and read back by Pillow.
"""
import base64
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys

import PIL
from PIL import Image, ImageCms, PngImagePlugin

COMMAND = "/usr/bin/python3 tests/oracle/generate/picture_metadata.py"
THUMBNAIL = b"\xff\xd8 a small picture of what was there \xff\xd9!"


def b64(data):
    return base64.b64encode(bytes(data)).decode()


def exif_block(order, orientation=6, wide=None, tall=None, thumbnail=THUMBNAIL):
    """TIFF block: picture, Exif, GPS, then (unlinked and zero for None) the thumbnail's directory.

    wide and tall are (type, value) of the pixel sizes; the thumbnail shares its x resolution with the picture.
    """
    wide, tall = wide or (4, 4000), tall or (3, 3000)
    s = lambda f, *v: struct.pack(order + f, *v)
    short = lambda v: s("HH", v, 0)

    def sized(tag, kind, value):
        return s("HHI", tag, kind, 1) + (short(value) if kind == 3 else s("I", value))

    main_at = 8
    exif_at = main_at + 2 + 7 * 12 + 4
    gps_at = exif_at + 2 + 3 * 12 + 4
    thumb_at = gps_at + 2 + 2 * 12 + 4
    values_at = thumb_at + 2 + 5 * 12 + 4
    values = [b"A maker of cameras\0\0", s("II", 300, 1), s("II", 200, 1), b"ASCII\0\0\0 a comment ", s(
        "IIIIII", 52, 1, 31, 1, 12, 1
    ), s("II", 72, 1)]
    at = [values_at + sum(len(v) for v in values[:i]) for i in range(len(values) + 1)]
    x, y = (at[1], at[2]) if orientation == 6 else (at[2], at[1])
    main = [
        s("HHII", 0x010F, 2, 19, at[0]),
        s("HHI", 0x0112, 3, 1) + short(orientation),
        s("HHII", 0x011A, 5, 1, x),
        s("HHII", 0x011B, 5, 1, y),
        s("HHI", 0x0128, 3, 1) + short(2),
        s("HHII", 0x8769, 4, 1, exif_at),
        s("HHII", 0x8825, 4, 1, gps_at),
    ]
    exif = [s("HHII", 0x9286, 7, 20, at[3]), sized(0xA002, *wide), sized(0xA003, *tall)]
    gps = [s("HHI", 0x0001, 2, 2) + b"N\0\0\0", s("HHII", 0x0002, 5, 3, at[4])]
    thumb = [
        s("HHI", 0x0103, 3, 1) + short(6),
        s("HHII", 0x011A, 5, 1, at[1]),
        s("HHII", 0x011B, 5, 1, at[5]),
        s("HHII", 0x0201, 4, 1, at[6]),
        s("HHII", 0x0202, 4, 1, len(THUMBNAIL)),
    ]
    directory = lambda entries, following: s("H", len(entries)) + b"".join(entries) + s("I", following)
    has = thumbnail is not None
    parts = [
        (b"II*\0" if order == "<" else b"MM\0*") + s("I", main_at),
        directory(main, thumb_at if has else 0),
        directory(exif, 0),
        directory(gps, 0),
        directory(thumb, 0) if has else bytes(2 + 5 * 12 + 4),
        *values[:5],
        values[5] if has else bytes(8),
        thumbnail if has else bytes(len(THUMBNAIL)),
    ]
    return b"".join(parts)


def profile():
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    icc[24:36] = struct.pack(">6H", 2026, 1, 2, 3, 4, 5)
    return bytes(icc)


def xmp_packet():
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'tiff:Orientation="6" tiff:ImageWidth="4000" tiff:ImageLength="300"><dc:title>Größe</dc:title>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def saved(image, **options):
    out = io.BytesIO()
    image.save(out, **options)
    return out.getvalue()


def files(exif, icc, xmp):
    rgb = Image.new("RGB", (7, 5))
    rgb.putdata([(x * 30, y * 50, 200 - x * y) for y in range(5) for x in range(7)])
    rgba = rgb.copy()
    rgba.putalpha(90)
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    text.add_text("Title", "a title", zip=True)
    jpeg_xmp = b"http://ns.adobe.com/xap/1.0/\0" + xmp
    extra = b"\xff\xe1" + struct.pack(">H", len(jpeg_xmp) + 2) + jpeg_xmp
    common = {"exif": b"Exif\0\0" + exif, "icc_profile": icc}
    return {
        "jpeg": saved(rgb, format="JPEG", dpi=(300, 200), comment="a comment", extra=extra, **common),
        "png": saved(rgba, format="PNG", dpi=(300, 200), pnginfo=text, **common),
        "webp": saved(rgba, format="WEBP", lossless=True, xmp=xmp, **common),
        "simpleLossless": saved(rgba, format="WEBP", lossless=True),
        "simpleLossy": saved(rgb, format="WEBP"),
    }


def raw_profile_png(exif):
    """What ImageMagick makes of a JPEG's Exif and IPTC where there is no chunk for them."""
    rgb = Image.new("RGB", (3, 2), (10, 20, 30))
    iptc = struct.pack(">BBBH", 0x1C, 2, 120, 9) + b"a caption"
    resources = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    data = b"Photoshop 3.0\0" + resources
    segment = b"\xff\xed" + struct.pack(">H", len(data) + 2) + data
    jpeg = saved(rgb, format="JPEG", exif=b"Exif\0\0" + exif, extra=segment)
    png = subprocess.run(
        ["convert", "jpeg:-", "+repage", "-define", "png:exclude-chunks=date,time,tIME", "png:-"],
        input=jpeg, capture_output=True, check=True,
    ).stdout
    return png, resources


def seen_thumbnail(exif):
    """Length of the thumbnail that ImageMagick finds; this Pillow does not look for one."""
    jpeg = saved(Image.new("RGB", (3, 2)), format="JPEG", exif=b"Exif\0\0" + exif)
    tag = "%[EXIF:thumbnail:JPEGInterchangeFormatLength]"
    found = subprocess.run(["identify", "-format", tag, "jpeg:-"], input=jpeg, capture_output=True, check=True)
    return int(found.stdout or b"0")


def sixteen():
    """Noise of 16 bits in every kind that ImageMagick writes, interlaced or not."""
    cases = []
    for width, height, kind, interlace in [
        (9, 11, "PNG48", "none"), (9, 11, "PNG48", "PNG"), (5, 3, "PNG64", "PNG"), (1, 1, "PNG64", "PNG"),
        (13, 4, "PNG64", "none"), (10, 9, "grey", "PNG"), (2, 7, "grey", "none"),
    ]:
        state, values = width * 1000 + height * 10 + len(interlace), []
        for _ in range(width * height * 4):
            state = (state * 1103515245 + 12345) % 2**31
            values.append(state >> 8 & 0xFFFF)
        if kind == "grey":
            for i in range(0, len(values), 4):
                values[i + 1] = values[i + 2] = values[i]
        if kind != "PNG64":
            values[3::4] = [65535] * (width * height)
        raw = struct.pack(f">{len(values)}H", *values)
        settings = ["-interlace", interlace, "-define", "png:exclude-chunks=all"]
        if kind == "grey":
            settings += ["-define", "png:color-type=0", "-define", "png:bit-depth=16", "-colorspace", "Gray"]
        png = subprocess.run(
            ["convert", "-size", f"{width}x{height}", "-depth", "16", "-endian", "MSB", "rgba:-",
             *settings, ("png:-" if kind == "grey" else f"{kind}:-")],
            input=raw, capture_output=True, check=True,
        ).stdout
        assert png[24] == 16 and png[28] == (interlace == "PNG"), (kind, interlace, png[24:29])
        assert png[25] == {"PNG48": 2, "PNG64": 6, "grey": 0}[kind], (kind, png[25])
        cases.append({"width": width, "height": height, "png": b64(png), "rgba16": b64(raw)})
    return cases


def main():
    path = pathlib.Path(__file__)
    blocks = {}
    for name, order in [("little", "<"), ("big", ">")]:
        block = exif_block(order)
        read = Image.Exif()
        read.load(b"Exif\0\0" + block)
        assert read[0x0112] == 6 and read[0x010F] == "A maker of cameras" and read[0x011A] == 300
        assert read.get_ifd(0x8769)[0xA002] == 4000 and read.get_ifd(0x8825)[2][0] == 52
        assert seen_thumbnail(block) == len(THUMBNAIL) and seen_thumbnail(exif_block(order, thumbnail=None)) == 0
        blocks[name] = {
            "exif": b64(block),
            "upright": b64(exif_block(order, 1, (3, 3000), (4, 4000))),
            "withoutThumbnail": b64(exif_block(order, thumbnail=None)),
        }
    exif, icc, xmp = exif_block(">"), profile(), xmp_packet()
    raw_png, resources = raw_profile_png(exif)
    version = subprocess.run(["convert", "-version"], capture_output=True, check=True).stdout.split()[2]
    document = {
        "meta": {
            "reference": f"Pillow {PIL.__version__}; ImageMagick {version.decode()}",
            "command": COMMAND,
            "generatorSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "exifBlocks": blocks,
        "icc": b64(icc),
        "xmp": b64(xmp),
        "photoshop": b64(resources),
        "files": {name: b64(data) for name, data in files(exif, icc, xmp).items()},
        "rawProfiles": b64(raw_png),
        "sixteen": sixteen(),
    }
    out = path.parent.parent / "fixtures" / "picture_metadata.json"
    out.write_text(json.dumps(document, indent=1) + "\n")
    print(f"wrote {out}, {out.stat().st_size} bytes", file=sys.stderr)


main()
