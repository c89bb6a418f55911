export { createEvents, type Events } from './events';
export { eventsResourceHandlers } from './resource-handlers';
