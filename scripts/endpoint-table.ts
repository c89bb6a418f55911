import { endpoints } from '../resources/endpoints';
import { table } from './markdown';

/** The endpoints, for the README. */
export function endpointTable(): string {
  return table(
    ['method and path', 'Kinesis action', 'request', 'answer'],
    endpoints.map(({ method, path, action, readme }) => [
      `${method} ${path}`,
      action,
      readme.request || '–',
      readme.answer,
    ]),
  );
}
