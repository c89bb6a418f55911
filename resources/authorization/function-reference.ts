/** True for the ARN of a function, as opposed to the key of one in serverless.ts. */
export const isArn = (named: string): boolean => named.startsWith('arn:');

/**
 * The logical id that the framework gives a function, as its `naming.getLambdaLogicalId` does.
 * @param key in serverless.ts: `token-check`
 */
export function functionId(key: string): string {
  const name = key.replace(/-/g, 'Dash').replace(/_/g, 'Underscore');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;
}

/** The region of an ARN. */
export const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

/** The account of an ARN. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
