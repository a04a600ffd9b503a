import { scenarios } from "./lock-scenarios.ts";
import { runScenarios, thorough } from "./run-scenarios.ts";

runScenarios("locks, disturbed at every moment in many orders", scenarios, thorough);
