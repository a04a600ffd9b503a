export { OutsideFuture } from "../tasks/outside-future.ts";
