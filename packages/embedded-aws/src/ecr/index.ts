import { jsonService } from '../core/protocol/json';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import { OPERATIONS } from './operations';

/**
 * ECR without repositories: nothing here makes one, so no name that is asked for exists. The
 * Serverless CLI asks when it removes a service.
 */
export function createEcr(): AwsService {
  return jsonService({
    signingName: 'ecr',
    operations: OPERATIONS,
    store: () => undefined,
    invalidInput: (violations) => constraintError('InvalidParameterException', violations),
  });
}
