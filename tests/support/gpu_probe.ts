/**
 * A test file that for_each_backend_test.ts runs in a child; its name keeps it out of a normal run.
 * @module
 */
import { gpuTest } from "./for_each_backend.ts";

gpuTest("probe", async () => {});
