export { StateError } from './errors';
export { keptHandler, keptService } from './keep';
export { State } from './state';
export { tend } from './tend';
