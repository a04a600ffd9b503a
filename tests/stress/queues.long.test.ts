import { scenarios } from "./queue-scenarios.ts";
import { runScenarios, thorough } from "./run-scenarios.ts";

runScenarios("queues and channels, disturbed at every moment in many orders", scenarios, thorough);
