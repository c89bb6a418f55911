/** The canary's key among the functions of serverless.ts. */
export const CANARY = 'canary';

/** Of the function, in the bundle that holds it. */
export const CANARY_HANDLER = 'hooks/canary/handler.handler';

/** The name that the framework gives the canary's function; its log group bears it too. */
export const canaryFunctionName = (service: string, stage: string): string =>
  `${service}-${stage}-${CANARY}`;
