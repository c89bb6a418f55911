/** The policies for a stack whose creation fails. */
export const ON_FAILURE = ['ROLLBACK', 'DELETE', 'DO_NOTHING'] as const;
export type OnFailure = (typeof ON_FAILURE)[number];
