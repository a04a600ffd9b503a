import { scenarios } from "./queue-scenarios.ts";
import { everyday, runScenarios } from "./run-scenarios.ts";

runScenarios("queues and channels, disturbed at every moment", scenarios, everyday);
