export { createLogs, type Logs } from './logs';
export { logsResourceHandlers } from './resource-handlers';
