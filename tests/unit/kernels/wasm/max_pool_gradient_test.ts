import * as tf from "@tensorflow/tfjs";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

// Channels that are no multiple of four are left to tfjs, whose kernel needs positive numbers.
for (const [shape, shift] of [[[2, 4, 6, 4], 0], [[1, 5, 7, 8], 0], [[2, 4, 4, 3], 2]] as const) {
  cpuTest(
    `maxPoolGradient() gives all to the largest of each window: ${shape.join("x")}`,
    async () => {
      const [n, height, width, channels] = shape;
      const [rows, columns] = [height >> 1, width >> 1];
      const x = formulaTensor(shape, { shift });
      const dy = formulaTensor([n, rows, columns, channels], { phase: 1 });
      const { dx } = await evaluate(() => ({
        dx: tf.grad((input) => tf.maxPool(input as tf.Tensor4D, 2, 2, "valid"))(
          toTensor(x),
          toTensor(dy),
        ),
      }));
      const expected = new Float32Array(x.data.length);
      for (let i = 0; i < dy.data.length; i++) {
        const channel = i % channels;
        const pixel = Math.floor(i / channels);
        const [image, y] = [
          Math.floor(pixel / (rows * columns)),
          Math.floor(pixel / columns) % rows,
        ];
        const places = [0, 1, 2, 3].map((k) => {
          const row = (image * height + 2 * y + (k >> 1)) * width;
          return (row + 2 * (pixel % columns) + (k & 1)) * channels + channel;
        });
        const values = places.map((place) => x.data[place]!);
        expected[places[values.indexOf(Math.max(...values))]!] = dy.data[i]!;
      }
      assertAllClose(dx, { shape, data: expected }, EXACT);
    },
  );
}
