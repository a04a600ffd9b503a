import { everyday, runScenarios } from "./run-scenarios.ts";
import { eagerScenarios, scenarios } from "./task-scenarios.ts";

// Browsers do not tell whose native code goes on after an eager first step.
const exact = "document" in globalThis ? {} : eagerScenarios;

runScenarios("tasks, disturbed at every moment", { ...scenarios, ...exact }, everyday);
