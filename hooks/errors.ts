import { outsideProblem } from './process/known-problems';

/**
 * Says in one line what to do where the framework would print an SDK's words, or a stack: credentials
 * that AWS does not take, a network that is not there, a folder that cannot be written.
 */
export default class ErrorsPlugin {
  readonly hooks = {
    /** Given what a command failed with, before the framework prints it. */
    error: async (error: unknown) => {
      const line = outsideProblem(error);
      if (line === undefined) return;
      // The framework prints one or the other. On some errors both only have a getter.
      for (const name of ['message', 'stack']) {
        Object.defineProperty(error, name, { value: line, configurable: true, writable: true });
      }
    },
  };
}
