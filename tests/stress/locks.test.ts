import { scenarios } from "./lock-scenarios.ts";
import { everyday, runScenarios } from "./run-scenarios.ts";

runScenarios("locks, disturbed at every moment", scenarios, everyday);
