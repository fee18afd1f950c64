/**
 * OpenCV's Telea as this project runs it: the WebAssembly build, `--method telea`.
 * @module
 */
import { opencvInpaint } from "../../../../src/methods/opencv_inpaint.ts";
import { readFloats } from "../arrays_file.ts";
import type { Runner } from "../workload.ts";

/** Opens the contender. */
export function open(): Promise<Runner> {
  return Promise.resolve({
    about: "OpenCV 4.12 in WebAssembly, 1 thread, radius 3",
    async prepare(workload) {
      if (workload.kind !== "forward") throw new Error("it fills pictures and nothing else");
      const { size } = workload;
      const rgb255 = Uint8Array.from(await readFloats(workload.rgb01), (v) => Math.round(255 * v));
      const holeMask = (await Deno.readFile(workload.validMask)).map((valid) => 1 - valid);
      const method = opencvInpaint({ algorithm: "telea" });
      let last = new Uint8Array();
      return {
        async run() {
          const startMs = performance.now();
          last = await method.fill({ width: size, height: size, rgb255, holeMask });
          return performance.now() - startMs;
        },
        output: () => Promise.resolve(Float32Array.from(last, (byte) => byte / 255)),
        close: () => {},
      };
    },
  });
}
