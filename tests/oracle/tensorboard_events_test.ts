import assert from "node:assert/strict";
import {
  encodeTensorboardEvent,
  openTensorboardFile,
  type TensorboardEvent,
  type TensorboardFileOptions,
} from "../../src/report/tensorboard_events.ts";

interface StoredEvent {
  readonly wallSeconds: number;
  readonly step: number;
  readonly scalars: Record<string, number>;
  readonly images?: readonly { tag: string; width: number; height: number; png: string }[];
}

interface Fixture {
  readonly openedAt: number;
  readonly events: readonly StoredEvent[];
  readonly resumed: TensorboardFileOptions;
  readonly after: StoredEvent;
  readonly firstFile: string;
  readonly secondFile: string;
  readonly readBack: { scalars: Record<string, [number, number][]>; images: object };
}

const fixture: Fixture = JSON.parse(
  await Deno.readTextFile(new URL("fixtures/tensorboard_events.json", import.meta.url)),
);

function eventOf({ wallSeconds, step, scalars, images = [] }: StoredEvent): TensorboardEvent {
  return {
    wallSeconds,
    step,
    scalars,
    images: images.map((image) => ({ ...image, png: Uint8Array.fromBase64(image.png) })),
  };
}

function fileOf(options: TensorboardFileOptions, events: readonly StoredEvent[]): string {
  const records = [
    openTensorboardFile(options),
    ...events.map((event) => encodeTensorboardEvent(eventOf(event))),
  ];
  return records.map((record) => record.toHex()).join("");
}

Deno.test("a new event file is byte for byte that of TensorBoard's own writer", () => {
  const file = fileOf({ wallSeconds: fixture.openedAt, stepsDone: 0 }, fixture.events);
  assert.equal(file, Uint8Array.fromBase64(fixture.firstFile).toHex());
});

Deno.test("the event file of a resumed run is byte for byte that of TensorBoard's own writer", () => {
  const file = fileOf(fixture.resumed, [fixture.after]);
  assert.equal(file, Uint8Array.fromBase64(fixture.secondFile).toHex());
});

Deno.test("TensorBoard drops the steps that a resumed run makes again, and no others", () => {
  const { stepsDone } = fixture.resumed;
  const steps = fixture.readBack.scalars.total!.map(([step]) => step);
  const kept = fixture.events.filter(({ scalars, step }) =>
    "total" in scalars && step <= stepsDone
  );
  assert.deepEqual(steps, [...kept.map(({ step }) => step), fixture.after.step]);
  assert.deepEqual(fixture.readBack.images, { preview: [] });
});
