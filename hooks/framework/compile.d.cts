import type { Options } from '@swc/core';

export function compile(file: string, options?: Options): string;
