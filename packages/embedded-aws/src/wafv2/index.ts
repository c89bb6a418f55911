export { wafv2ResourceHandlers } from './resource-handlers';
export type { ListResources, ProtectedResource } from './resources';
export type { DefaultAction } from './settings';
export { createWafv2, type Wafv2 } from './wafv2';
