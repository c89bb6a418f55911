/** The folder of what is generated from streams.ts, beside it. */
export const GENERATED = 'generated';
