import { scenarios } from "./bounded-scenarios.ts";
import { everyday, runScenarios } from "./run-scenarios.ts";

runScenarios("bounded work and supervision, disturbed at every moment", scenarios, everyday);
