import type { Serverless } from './framework';
import { writeWith } from './framework/service-state';

/**
 * Speeds up writing the framework's service state. The framework's own writer takes a fifth of the
 * packaging time: it throws and catches an exception for every value, and compares every object
 * with all previous ones. The output is identical.
 */
export default class ServiceStatePlugin {
  readonly hooks = {};

  constructor({ utils }: Serverless) {
    const write = utils?.writeFileSync;
    if (utils === undefined || write === undefined) return;
    utils.writeFileSync = writeWith(write.bind(utils));
  }
}
