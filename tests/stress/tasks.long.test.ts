import { runScenarios, thorough } from "./run-scenarios.ts";
import { eagerScenarios, scenarios } from "./task-scenarios.ts";

runScenarios("tasks, disturbed at every moment in many orders", { ...scenarios, ...eagerScenarios }, thorough);
