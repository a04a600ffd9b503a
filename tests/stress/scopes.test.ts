import { everyday, runScenarios } from "./run-scenarios.ts";
import { scenarios } from "./scope-scenarios.ts";

runScenarios("managers, the outside and bounded work, disturbed at every moment", scenarios, everyday);
