import type { ResourceHandler } from '../core/resource-handler';
import type { AwsService } from '../core/service';
import type { State } from './state';

/**
 * Wraps a service so that its answers leave once all changes are on disk. What an answer says, also of
 * other services' work in the background, remains true after the process is killed.
 */
export function persistedService(service: AwsService, state: State): AwsService {
  return {
    signingName: service.signingName,
    async handle(request) {
      const answer = await service.handle(request);
      state.flush();
      return answer;
    },
  };
}

/** Wraps a handler so that the state is written after each step of a stack operation. */
export function persistedHandler(handler: ResourceHandler, state: State): ResourceHandler {
  const noted = <Result>(result: Promise<Result> | Result): Promise<Result> | Result => {
    if (!(result instanceof Promise)) {
      state.flushSoon();
      return result;
    }
    return result.finally(() => state.flushSoon());
  };
  return {
    ...handler,
    create({ onCreated, ...context }, properties) {
      const written = (physicalId: string) => {
        onCreated?.(physicalId);
        state.flush();
      };
      return noted(handler.create({ ...context, onCreated: written }, properties));
    },
    update: (...call) => noted(handler.update(...call)),
    delete: (...call) => noted(handler.delete(...call)),
  };
}
