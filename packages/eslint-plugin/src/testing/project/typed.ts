// Stands for the code of the tests that need types: their parser takes a file's place in a project.
export {};
