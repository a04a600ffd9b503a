export const cube = (n: number): number => n ** 3;
