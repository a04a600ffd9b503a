import { runScenarios, thorough } from "./run-scenarios.ts";
import { scenarios } from "./task-scenarios.ts";

runScenarios("tasks, disturbed at every moment in many orders", scenarios, thorough);
