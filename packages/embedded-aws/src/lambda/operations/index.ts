import { eventSourceMappingOperations } from './event-source-mappings';
import { functionOperations } from './functions';
import { invokeFunction } from './invoke-function';
import { permissionOperations } from './permissions';
import { versionOperations } from './versions';

/** Every operation of Lambda. */
export const OPERATIONS = {
  ...functionOperations,
  ...versionOperations,
  ...permissionOperations,
  ...eventSourceMappingOperations,
  Invoke: invokeFunction,
};
