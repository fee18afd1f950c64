/**
 * A kind that does what no reader may: for the test of the watch.
 * @module
 */
import process from "node:process";
import type { Kind } from "./kind.ts";

/** Case 1 hangs, 2 ends the process, 3 speaks, 4 is slow, 5 takes memory; the others are read. */
export const WATCHED: Kind = {
  name: "watched",
  ending: "bin",
  mutations: [],
  seeds: () => Promise.resolve([{ name: "empty", bytes: new Uint8Array(4) }]),
  read: async (_bytes, _path, index) => {
    switch (index) {
      case 1:
        for (;;);
      case 2:
        return void Deno.exit(7);
      case 3:
        return console.log("hello");
      case 4: {
        const start = process.cpuUsage();
        while (process.cpuUsage(start).user < 400_000);
        return;
      }
      case 5:
        new Uint8Array(150 << 20).fill(1);
        return;
      default:
        await Promise.resolve();
    }
  },
};
