export { snsResourceHandlers } from './resource-handlers';
export { createSns, type Sns } from './sns';
