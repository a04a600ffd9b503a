import { describe, expect, it } from "vitest";
import { compareWithModel, subjects } from "./models.ts";

describe("many random programs", () => {
  it.each(Object.keys(subjects))("%s does what its model does", async (name) => {
    await expect(compareWithModel(name, 10_000)).resolves.toBeUndefined();
  });
});
