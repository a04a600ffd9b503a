import { runScenarios, thorough } from "./run-scenarios.ts";
import { scenarios } from "./scope-scenarios.ts";

runScenarios("managers, the outside and bounded work, disturbed at every moment in many orders", scenarios, thorough);
