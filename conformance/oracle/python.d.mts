export interface Python {
  runPython(source: string): unknown;
  readonly globals: { get(name: string): (...values: string[]) => string };
}
export function isInstalled(): boolean;
export function install(): void;
export function loadPython(write: (line: string) => void): Promise<Python>;
