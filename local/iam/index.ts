export { AccessDenied, accessDenied, withCode } from './access-denied';
export type { Decision } from './evaluate';
export { createIam, type Iam, type SessionCredentials } from './iam';
export { iamResourceHandlers } from './resource-handlers';
export { authorizeOnResource, type GuardedResource } from './resource-policy';
export { type IdentityCaller, isIdentityCaller } from './sessions';
