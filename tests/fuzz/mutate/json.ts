/**
 * Spoiling JSON, and files that have JSON at their front.
 * @module
 */
import type { Random } from "../../../src/random.ts";
import { type Mutation, oddNumber, pick, readNumber, writeNumber } from "./mutation.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function oddValue(random: Random): Json {
  return pick<() => Json>(random, [
    () => null,
    () => true,
    () => 0,
    () => -1,
    () => 0.5,
    () => 1e308,
    () => 2 ** 53,
    () => 2 ** 31,
    () => "",
    () => "a\nb",
    () => "\u0000\u001b[31m",
    () => "x".repeat(100_000),
    () => "..",
    () => "/etc/passwd",
    () => "auto",
    () => [],
    () => ({}),
    () => [null],
    () => Array(1000).fill(0),
    () => JSON.parse("[".repeat(3000) + "]".repeat(3000)) as Json,
    () => JSON.parse('{"__proto__": {"steps": 1}}') as Json,
    () => [[1, 2], [3]],
  ])();
}

const ODD_KEYS = ["__proto__", "constructor", "", "a\nb", "toString", "length", "hasOwnProperty"];

/** Changes one place of a value; the odds are even over all places. */
export function spoilJson(value: Json, random: Random): Json {
  const spots: ((replace: (old: Json) => Json) => void)[] = [];
  const holder: { root: Json } = { root: structuredClone(value) };
  const visit = (container: Json[] | { [key: string]: Json }) => {
    for (const key of Object.keys(container)) {
      const at = container as { [key: string]: Json };
      spots.push((replace) => {
        at[key] = replace(at[key]!);
      });
      const inner = at[key]!;
      if (typeof inner === "object" && inner !== null) visit(inner);
    }
  };
  visit(holder as unknown as { [key: string]: Json });
  pick(random, spots)((old) => spoilOne(old, random));
  return holder.root;
}

function spoilOne(old: Json, random: Random): Json {
  const chance = random.uniform();
  if (typeof old === "number" && chance < 0.6) {
    return pick(random, [old + 1, old - 1, -old, old * 1e6, old / 3, 0, 2 ** 31, 1e300]);
  }
  if (typeof old === "string" && chance < 0.5) {
    // Text of JSON within JSON, as in metadata.
    if (/^[{[]/.test(old)) {
      try {
        return JSON.stringify(spoilJson(JSON.parse(old), random));
      } catch {
        return old.slice(0, random.integer(0, old.length));
      }
    }
    return pick(random, [old.slice(1), old.toUpperCase(), `${old}\n`, `${old} `, old.repeat(2)]);
  }
  if (typeof old !== "object" || old === null || chance < 0.3) return oddValue(random);
  if (Array.isArray(old)) {
    return pick(random, [old.slice(1), [...old, oddValue(random)], [...old, ...old], [old]]);
  }
  const keys = Object.keys(old);
  if (keys.length === 0) return { [pick(random, ODD_KEYS)]: oddValue(random) };
  const key = pick(random, keys);
  const { [key]: taken, ...rest } = old;
  if (chance < 0.5) return rest;
  const name = pick(random, [...ODD_KEYS, `${key}x`, key.toUpperCase(), "y".repeat(5000)]);
  return chance < 0.75 ? { ...rest, [name]: taken! } : { ...old, [name]: oddValue(random) };
}

/** Mutations of a text of JSON. */
export const JSON_MUTATIONS: readonly Mutation[] = [
  {
    name: "JSON: a value",
    apply: (bytes, { random }) => {
      try {
        const text = new TextDecoder().decode(bytes);
        return new TextEncoder().encode(JSON.stringify(spoilJson(JSON.parse(text), random)));
      } catch {
        return bytes;
      }
    },
  },
  {
    name: "JSON: deep",
    apply: (_bytes, { random }) => {
      const depth = pick(random, [10, 1000, 200_000]);
      const [open, close] = pick(random, [["[", "]"], ['{"a":', "}"]] as const);
      return new TextEncoder().encode(open.repeat(depth) + "1" + close.repeat(depth));
    },
  },
  {
    name: "JSON: text",
    apply: (bytes, { random }) => {
      const text = new TextDecoder().decode(bytes);
      const at = random.integer(0, text.length);
      const odd = ["\\u0000", "\ufeff", "//", ",,", "'", "NaN", "-", "1e999", "\\x", "\u2028", '"'];
      const put = pick(random, odd);
      return new TextEncoder().encode(text.slice(0, at) + put + text.slice(at));
    },
  },
];

/** Mutations of the header of a safetensors file, with a length that fits unless they say otherwise. */
export const SAFETENSORS_MUTATIONS: readonly Mutation[] = [
  {
    name: "safetensors: header",
    apply: (bytes, { random }) => {
      const length = Number(readNumber(bytes, 0, 8, true));
      try {
        const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
        let header = JSON.parse(text) as Json;
        for (let n = random.integer(1, 3); n > 0; n--) header = spoilJson(header, random);
        const json = new TextEncoder().encode(JSON.stringify(header));
        const out = new Uint8Array(8 + json.length + Math.max(0, bytes.length - 8 - length));
        writeNumber(out, BigInt(json.length), { at: 0, size: 8, little: true });
        out.set(json, 8);
        out.set(bytes.subarray(8 + length), 8 + json.length);
        return out;
      } catch {
        return bytes;
      }
    },
  },
  {
    name: "safetensors: metadata alone",
    apply: (bytes, { random }) => {
      const length = Number(readNumber(bytes, 0, 8, true));
      try {
        const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
        header["__metadata__"] = spoilJson(header["__metadata__"] ?? {}, random);
        const json = new TextEncoder().encode(JSON.stringify(header));
        const out = new Uint8Array(8 + json.length + Math.max(0, bytes.length - 8 - length));
        writeNumber(out, BigInt(json.length), { at: 0, size: 8, little: true });
        out.set(json, 8);
        out.set(bytes.subarray(8 + length), 8 + json.length);
        return out;
      } catch {
        return bytes;
      }
    },
  },
  {
    name: "safetensors: length of the header",
    apply: (bytes, { random }) => {
      const out = bytes.slice();
      const value = oddNumber(random, readNumber(out, 0, 8, true), 8);
      writeNumber(out, value, { at: 0, size: 8, little: true });
      return out;
    },
  },
];
