export { StateError } from './errors';
export { keptHandler, keptService } from './keep';
export { State, type StateOptions } from './state';
export { tend } from './tend';
