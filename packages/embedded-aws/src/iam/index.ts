export { AccessDenied, withCode } from './access-denied';
export { createIam, type Iam } from './iam';
export { iamResourceHandlers } from './resource-handlers';
export { authorizeOnResource } from './resource-policy';
export { isIdentityCaller } from './sessions';
