export function removeUnused(folder: string): void;
