/**
 * Equations 3 to 5 and 7 of Liu et al. 2018 as loops in float64, over the small network.
 * @module
 */
import type { Values } from "../../support/assert_all_close.ts";
import { referenceFeatures } from "./features.ts";
import {
  referenceL1,
  type ReferenceLoss,
  type ReferenceLossInput,
  referenceTotalVariation,
} from "./losses.ts";

type Compared = "output" | "composite";

/** Distance of two maps with its gradient by the first. */
type Distance = (psi: Values, psiTarget: Values) => { value: number; gradient: Values };

/** Equation 3. */
export function referencePerceptual(inputs: ReferenceLossInput): ReferenceLoss {
  return addUp([
    [1, compareFeatures(inputs, "output", meanAbsolute)],
    [1, compareFeatures(inputs, "composite", meanAbsolute)],
  ]);
}

/** Equation 4 for the output, equation 5 for the composite. */
export function referenceStyle(inputs: ReferenceLossInput, of: Compared): ReferenceLoss {
  return compareFeatures(inputs, of, gramDistance);
}

/** Equation 7. */
export function referenceEquation7(inputs: ReferenceLossInput): ReferenceLoss {
  return addUp([
    [1, referenceL1(inputs, 1)],
    [6, referenceL1(inputs, 0)],
    [0.05, referencePerceptual(inputs)],
    [120, referenceStyle(inputs, "output")],
    [120, referenceStyle(inputs, "composite")],
    [0.1, referenceTotalVariation(inputs)],
  ]);
}

/** `Ψᵀ Ψ / (C·H·W)` of one image, row-major `[c, c]`; `psi` `[h, w, c]`, starting at `from`. */
export function referenceGram({ shape, data }: Values, from = 0): number[] {
  const [height, width, channels] = shape.slice(-3) as [number, number, number];
  const gram = new Array<number>(channels * channels).fill(0);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let a = 0; a < channels; a++) {
      for (let b = 0; b < channels; b++) {
        const product = data[from + pixel * channels + a]! * data[from + pixel * channels + b]!;
        gram[a * channels + b]! += product / (channels * height * width);
      }
    }
  }
  return gram;
}

function compareFeatures(
  { output, target, validMask }: ReferenceLossInput,
  of: Compared,
  distance: Distance,
): ReferenceLoss {
  const isHole = (i: number) => validMask.data[Math.floor(i / 3)] === 0;
  const image: Values = of === "output" ? output : {
    shape: output.shape,
    data: Float64Array.from(output.data, (value, i) => isHole(i) ? value : target.data[i]!),
  };
  const { maps, backward } = referenceFeatures(image);
  const wanted = referenceFeatures(target).maps;
  const distances = maps.map((psi, p) => distance(psi, wanted[p]!));
  const { shape, data } = backward(distances.map(({ gradient }) => gradient));
  // Known pixels of the composite do not come from the output.
  const byOutput = Float64Array.from(data, (d, i) => of === "output" || isHole(i) ? d : 0);
  return {
    value: distances.reduce((sum, { value }) => sum + value, 0),
    gradient: { shape, data: byOutput },
  };
}

function meanAbsolute(psi: Values, psiTarget: Values): ReturnType<Distance> {
  const count = psi.data.length;
  let value = 0;
  const gradient = Float64Array.from(psi.data, (feature, i) => {
    const difference = feature - psiTarget.data[i]!;
    value += Math.abs(difference) / count;
    return Math.sign(difference) / count;
  });
  return { value, gradient: { shape: psi.shape, data: gradient } };
}

function gramDistance(psi: Values, psiTarget: Values): ReturnType<Distance> {
  const [n, height, width, channels] = psi.shape as [number, number, number, number];
  const size = height * width * channels;
  const gradient = new Float64Array(n * size);
  let value = 0;
  for (let item = 0; item < n; item++) {
    const gram = referenceGram(psi, item * size);
    const wanted = referenceGram(psiTarget, item * size);
    const slopes = gram.map((correlation, k) => {
      value += Math.abs(correlation - wanted[k]!) / (n * channels ** 2);
      return Math.sign(correlation - wanted[k]!) / (n * channels ** 2);
    });
    for (let i = 0; i < size; i++) {
      const [a, pixel] = [i % channels, Math.floor(i / channels)];
      for (let b = 0; b < channels; b++) {
        // The entry (a, b) and its mirror image both hold this feature.
        const slope = slopes[a * channels + b]! + slopes[b * channels + a]!;
        gradient[item * size + i]! += slope * psi.data[item * size + pixel * channels + b]! / size;
      }
    }
  }
  return { value, gradient: { shape: psi.shape, data: gradient } };
}

function addUp(terms: readonly (readonly [weight: number, loss: ReferenceLoss])[]): ReferenceLoss {
  const { shape, data } = terms[0]![1].gradient;
  return {
    value: terms.reduce((sum, [weight, { value }]) => sum + weight * value, 0),
    gradient: {
      shape,
      data: Float64Array.from(
        data,
        (_, i) =>
          terms.reduce((sum, [weight, { gradient }]) => sum + weight * gradient.data[i]!, 0),
      ),
    },
  };
}
