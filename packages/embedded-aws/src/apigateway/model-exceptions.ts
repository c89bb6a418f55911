import type { ModelException } from '../core/shapes/model';

/**
 * Where API Gateway does not do what its model says. L = LocalStack's tests that were validated on
 * AWS, P = public reports that quote AWS.
 */
export const MODEL_EXCEPTIONS: readonly ModelException[] = [
  {
    at: 'AuthorizerType',
    change: { values: ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS', 'JWT'] },
    source: 'API reference of CreateAuthorizer, 2026; the operation refuses JWT by name',
  },
];
