"""A folder by OpenCV's Telea: cv2_folder.py PHOTOS MASKS OUTPUT"""
import pathlib
import sys

import cv2

photos, masks, output = map(pathlib.Path, sys.argv[1:])
for path in sorted(photos.iterdir()):
    image = cv2.imread(str(path))
    hole = cv2.imread(str(masks / (path.stem + ".png")), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(str(output / path.name), cv2.inpaint(image, hole, 3, cv2.INPAINT_TELEA))
