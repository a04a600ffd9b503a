import { everyday, runScenarios } from "./run-scenarios.ts";
import { scenarios } from "./task-scenarios.ts";

runScenarios("tasks, disturbed at every moment", scenarios, everyday);
