import { jsonService } from '../core/protocol/json';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import { OPERATIONS } from './operations';

/**
 * ECR without repositories, as nothing here creates one: no requested name exists. The Serverless
 * CLI lists repositories when it removes a service.
 */
export function createEcr(): AwsService {
  return jsonService({
    signingName: 'ecr',
    operations: OPERATIONS,
    store: () => undefined,
    invalidInput: (violations) => constraintError('InvalidParameterException', violations),
  });
}
