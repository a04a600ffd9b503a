import { scenarios } from "./bounded-scenarios.ts";
import { runScenarios, thorough } from "./run-scenarios.ts";

runScenarios("bounded work and supervision, disturbed at every moment in many orders", scenarios, thorough);
