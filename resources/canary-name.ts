/** The canary's key among the functions of serverless.ts. */
export const CANARY = 'canary';

/** Entry point of the function in its bundle. */
export const CANARY_HANDLER = 'hooks/canary/handler.handler';

/** The name that the framework gives the function; its log group is named after it. */
export const canaryFunctionName = (service: string, stage: string): string =>
  `${service}-${stage}-${CANARY}`;
