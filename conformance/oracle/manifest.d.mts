export function programs(root: string): string[];
export function renderManifest(root: string): string;
