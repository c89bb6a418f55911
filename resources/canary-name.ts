/** The canary's key among the functions of serverless.ts. */
export const CANARY = 'canary';

/** The name that the framework gives the canary's function; its log group bears it too. */
export const canaryFunctionName = (service: string, stage: string): string =>
  `${service}-${stage}-${CANARY}`;
