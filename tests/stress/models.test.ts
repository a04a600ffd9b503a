import { describe, expect, it } from "vitest";
import { compareWithModel, subjects } from "./models.ts";

describe("random programs", () => {
  it.each(Object.keys(subjects))("%s does what its model does", { timeout: 120_000 }, async (name) => {
    await expect(compareWithModel(name, 300)).resolves.toBeUndefined();
  });
});
