/** Removes the files of a folder that nobody has written for a week. */
export function removeUnused(folder: string): void;
