#!/usr/bin/env python3
"""Makes small PNG photographs of a part, whole and scratched, and the manifests of a train and a test dataset.

images.py FOLDER BUCKET writes train/*.png, test/*.png, train.manifest and test.manifest for s3://BUCKET/.
Needs nothing but Python: no imaging library.
"""
import json
import os
import random
import struct
import sys
import zlib

SIDE = 128


def png(pixels):
    rows = b"".join(b"\0" + bytes(channel for pixel in row for channel in pixel) for row in pixels)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def photograph(seed, scratched):
    dice = random.Random(seed)
    shift = dice.randrange(4)

    def shade(x, y):
        stripe = 40 if (x + shift) // 16 % 2 else 0
        return max(0, min(255, 120 + stripe + dice.randrange(-6, 7)))

    pixels = [[(shade(x, y),) * 3 for x in range(SIDE)] for y in range(SIDE)]
    if scratched:
        x, y = dice.randrange(20, 60), dice.randrange(20, 60)
        for step in range(48):
            for width in range(6):
                pixels[y + step][x + step // 2 + width] = (235, 30, 30)
    return png(pixels)


def main(folder, bucket):
    for kind in ("train", "test"):
        os.makedirs(os.path.join(folder, kind), exist_ok=True)
        lines = []
        for number in range(20):
            anomaly = number % 2 == 1
            name = "%s/%02d.png" % (kind, number)
            with open(os.path.join(folder, name), "wb") as image:
                image.write(photograph("%s-%d" % (kind, number), anomaly))
            lines.append({
                "source-ref": "s3://%s/%s" % (bucket, name),
                "anomaly-label": int(anomaly),
                "anomaly-label-metadata": {
                    "class-name": "anomaly" if anomaly else "normal",
                    "confidence": 1,
                    "human-annotated": "yes",
                    "type": "groundtruth/image-classification",
                    "creation-date": "2026-01-01T00:00:00.000",
                    "job-name": "smoke",
                },
            })
        with open(os.path.join(folder, kind + ".manifest"), "w") as manifest:
            manifest.writelines(json.dumps(line) + "\n" for line in lines)


if __name__ == "__main__":
    main(*sys.argv[1:])
