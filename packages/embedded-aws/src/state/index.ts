export { StateError } from './errors';
export { persistedHandler, persistedService } from './persisted';
export { State, type StateOptions } from './state';
export { tend } from './tend';
