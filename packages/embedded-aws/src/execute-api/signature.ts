import type { Exchange } from './exchange';

/**
 * Keeps a checked signature from the method: neither mappings nor backends see it. AWS's engineers say
 * so on Stack Overflow ("How do you pass Authorization header through API Gateway to HTTP endpoint?");
 * the other `x-amz-` headers do go on.
 */
export function hideSignature({ caller, request }: Exchange): void {
  if (caller !== undefined) request.headers.delete('authorization');
}
