import assert from "node:assert/strict";
import { markBox, placeBox, readHoleBox } from "../../../src/data/hole_box.ts";

const SIZE = { width: 200, height: 100 };

/** left, top, right, bottom, and whether it was cut off. */
function placed(text: string, size = SIZE) {
  const box = placeBox(readHoleBox(text)!, size);
  return box && [box.left, box.top, box.right, box.bottom, box.isClipped];
}

Deno.test("readHoleBox() takes pixels and percentages in any mixture", () => {
  assert.deepEqual(readHoleBox("1,2,30,40"), {
    text: "1,2,30,40",
    x: { value: 1, unit: "px" },
    y: { value: 2, unit: "px" },
    width: { value: 30, unit: "px" },
    height: { value: 40, unit: "px" },
  });
  assert.deepEqual(readHoleBox(" 10%, -5 ,.5%,+7")!.x, { value: 10, unit: "%" });
});

Deno.test("readHoleBox() refuses what is no box", () => {
  const texts = ["", "1,2,3", "1,2,3,4,5", "a,2,3,4", "1,2,0,4", "1,2,3,-4", "1.5,2,3,4"];
  for (const text of [...texts, "1,2,3,0%", "1,,3,4", "1e3,2,3,4", "1,2,3px,4", "1;2;3;4"]) {
    assert.equal(readHoleBox(text), undefined, text);
  }
});

Deno.test("placeBox() lays boxes on a picture of 200x100", () => {
  assert.deepEqual(placed("10,20,30,40"), [10, 20, 40, 60, false]);
  // Percentages go by the side they lie along: 10 % of 200, 50 % of 100.
  assert.deepEqual(placed("10%,50%,20%,10%"), [20, 50, 60, 60, false]);
  // From the right and lower side, as a stamped date lies.
  assert.deepEqual(placed("-60,-20,60,20"), [140, 80, 200, 100, false]);
  assert.deepEqual(placed("-25%,0,10,1"), [150, 0, 160, 1, false]);
  // Every pixel that is touched: 0.3 % of 200 is 0.6, 1 % of it 2, so 0.6 to 2.6.
  assert.deepEqual(placed("0.3%,0,1%,1"), [0, 0, 3, 1, false]);
  // 7 % of 100 is 7.000000000000001 as computers multiply, and yet 7.
  assert.deepEqual(placed("0,0,1,7%"), [0, 0, 1, 7, false]);
});

Deno.test("placeBox() cuts off what sticks out and finds nothing of what lies outside", () => {
  assert.deepEqual(placed("190,90,30,40"), [190, 90, 200, 100, true]);
  assert.deepEqual(placed("-230,0,40,10"), [0, 0, 10, 10, true]);
  for (const text of ["200,0,1,1", "0,100,1,1", "-230,0,30,1", "0,110%,5,5"]) {
    assert.equal(placed(text), undefined, text);
  }
});

Deno.test("markBox() sets the pixels of the box and no other", () => {
  const mask = new Uint8Array(12);
  markBox(mask, placeBox(readHoleBox("1,1,2,5")!, { width: 4, height: 3 })!, 4);
  assert.deepEqual([...mask], [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0]);
});
