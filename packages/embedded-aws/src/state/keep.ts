import type { ResourceHandler } from '../core/resource-handler';
import type { AwsService } from '../core/service';
import type { State } from './state';

/**
 * A service whose answers leave once everything that changed is on disk. Whatever it tells, also
 * of work that others do in the background, is still so after the process was killed.
 */
export function keptService(service: AwsService, state: State): AwsService {
  return {
    signingName: service.signingName,
    async handle(request) {
      const answer = await service.handle(request);
      state.flush();
      return answer;
    },
  };
}

/** A handler after whose work the state is written, so that a stack's operation is kept step by step. */
export function keptHandler(handler: ResourceHandler, state: State): ResourceHandler {
  const noted = <Result>(result: Promise<Result> | Result): Promise<Result> | Result => {
    if (!(result instanceof Promise)) {
      state.flushSoon();
      return result;
    }
    return result.finally(() => state.flushSoon());
  };
  return {
    type: handler.type,
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
