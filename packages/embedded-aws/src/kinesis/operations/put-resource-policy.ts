import { required, structure } from '../../core/shapes/shape';
import { invalidArgument } from '../errors';
import { resourceArn, text } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';

const input = structure({ ResourceARN: required(resourceArn), Policy: required(text) });

/**
 * Policies are stored and returned but not evaluated: other accounts never get access.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutResourcePolicy.html
 */
export const putResourcePolicy = operation('PutResourcePolicy', input, (request, call) => {
  const resource = authorizedResource(call, request.ResourceARN);
  if (!isPolicy(request.Policy))
    throw invalidArgument('The Policy is not a valid policy document.');
  resource.policy = request.Policy;
});

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && 'Statement' in document;
  } catch {
    // The caller reports text that is not JSON.
    return false;
  }
}
