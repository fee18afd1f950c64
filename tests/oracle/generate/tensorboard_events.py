"""Writes tests/oracle/fixtures/tensorboard_events.json: an event file as TensorBoard's own library writes it.

Run from the repository root: python3 tests/oracle/generate/tensorboard_events.py
Needs the package tensorboard (pip install tensorboard setuptools). What the events say stands in the fixture;
tests/oracle/tensorboard_events_test.ts writes the same with our own encoder. The file is also read back with
TensorBoard's EventAccumulator, which must drop what the resumed session orphans.
"""
import base64
import hashlib
import io
import json
import pathlib
import sys
import tempfile

import google.protobuf
import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

COMMAND = "python3 tests/oracle/generate/tensorboard_events.py"

# 1x1 pixel, colour (1, 2, 3).
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgZGIGAAAOAAfXb+R4AAAAAElFTkSuQmCC")

FIRST = 1_700_000_000.25
EVENTS = [
    {"wallSeconds": FIRST + 1, "step": 50, "scalars": {"total": 1.5, "loss/style out": 3e-7, "loss/tv": 0}},
    {"wallSeconds": FIRST + 2, "step": 100, "scalars": {"total": -2.25, "learning_rate": 2e-4}},
    {"wallSeconds": FIRST + 3, "step": 300, "scalars": {"validation/hole_psnr/(0.01, 0.1]": 31.4159},
     "images": [{"tag": "preview", "width": 1, "height": 1, "png": base64.b64encode(PNG).decode()}]},
    {"wallSeconds": FIRST + 4, "step": 3_000_000_000, "scalars": {"übrig": 1e30}},
]
RESUMED = {"wallSeconds": FIRST + 60, "stepsDone": 100}
AFTER = {"wallSeconds": FIRST + 61, "step": 150, "scalars": {"total": 1.0}}


def opening(wall_seconds, steps_done):
    events = [event_pb2.Event(wall_time=wall_seconds, step=0, file_version="brain.Event:2")]
    if steps_done > 0:
        start = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
        events.append(event_pb2.Event(wall_time=wall_seconds, step=steps_done + 1, session_log=start))
    return events


def measured(event):
    summary = summary_pb2.Summary()
    for tag, value in event["scalars"].items():
        summary.value.add(tag=tag, simple_value=value)
    for image in event.get("images", []):
        content = summary_pb2.Summary.Image(
            width=image["width"], height=image["height"], colorspace=3,
            encoded_image_string=base64.b64decode(image["png"]))
        summary.value.add(tag=image["tag"], image=content)
    return event_pb2.Event(wall_time=event["wallSeconds"], step=event["step"], summary=summary)


def written(events):
    target = io.BytesIO()
    writer = RecordWriter(target)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
    return target.getvalue()


first = written(opening(FIRST, 0) + [measured(event) for event in EVENTS])
second = written(opening(RESUMED["wallSeconds"], RESUMED["stepsDone"]) + [measured(AFTER)])

with tempfile.TemporaryDirectory() as folder:
    (pathlib.Path(folder) / "events.out.tfevents.1700000000.pconv.00000000").write_bytes(first)
    (pathlib.Path(folder) / "events.out.tfevents.1700000060.pconv.00000100").write_bytes(second)
    accumulator = EventAccumulator(folder)
    accumulator.Reload()
    read = {tag: [[event.step, event.value] for event in accumulator.Scalars(tag)]
            for tag in accumulator.Tags()["scalars"]}
    images = {tag: [event.step for event in accumulator.Images(tag)]
              for tag in accumulator.Tags()["images"]}

source = pathlib.Path(__file__).read_bytes()
fixture = {
    "meta": {
        "reference": "tensorboard.summary.writer.record_writer, tensorboard.compat.proto; read back with "
                     "EventAccumulator",
        "versions": {
            "tensorboard": tensorboard.__version__,
            "protobuf": google.protobuf.__version__,
            "python": sys.version.split()[0],
        },
        "generatorSha256": hashlib.sha256(source).hexdigest(),
        "command": COMMAND,
    },
    "openedAt": FIRST,
    "events": EVENTS,
    "resumed": RESUMED,
    "after": AFTER,
    "firstFile": base64.b64encode(first).decode(),
    "secondFile": base64.b64encode(second).decode(),
    "readBack": {"scalars": read, "images": images},
}
target = pathlib.Path("tests/oracle/fixtures/tensorboard_events.json")
target.write_text(json.dumps(fixture, indent=2, ensure_ascii=False) + "\n")
print(json.dumps(fixture["readBack"], indent=1, ensure_ascii=False))
