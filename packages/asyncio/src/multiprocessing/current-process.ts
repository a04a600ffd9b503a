let currentName = "MainProcess";

/** The name of the process that runs this. multiprocessing: `current_process().name`. */
export function currentProcessName(): string {
  return currentName;
}

export function setCurrentName(name: string): void {
  currentName = name;
}
