export { createLambda, type Lambda } from './lambda';
export { lambdaResourceHandlers } from './resource-handlers';
