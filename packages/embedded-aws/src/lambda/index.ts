import type { Scope } from '../core/caller';
import { restService } from '../core/protocol/rest';
import { Regional, type Stores } from '../core/regional';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import { withCode } from '../iam';
import type { Persistent } from '../state/persistent';
import { persistedMap, regionalMaps } from '../state/regional-maps';
import { unknownOperation, VALIDATION } from './errors';
import type { RunFunction } from './event-source/mapped-function';
import { Pollers } from './event-source/pollers';
import type { EventSourceRuntime } from './event-source/runtime';
import { MappingStore } from './event-source/store';
import { type Execution, execute, type LambdaRuntime } from './execute';
import { OPERATIONS } from './operations';
import { FunctionStore } from './store';
import { WarmFunctions } from './warm-functions';

export type { EventSourceRuntime } from './event-source/runtime';
export { policyAllowsInvoke } from './function-policy';
export { iteratorAge } from './metrics';
export { lambdaResourceHandlers } from './resource-handlers';

/**
 * A function that is invoked waits no longer for its turn: those that run may be waiting for what it
 * answers, and none would ever end.
 */
const PATIENCE_MS = 1_000;

/** The Lambda service. */
export interface Lambda extends AwsService, Stores<FunctionStore> {
  /** The event source mappings of an account in a region. */
  readonly mappings: Stores<MappingStore>;
  /** State that survives a restart: functions and event source mappings. */
  readonly states: readonly Persistent[];
  /**
   * Begins to read the streams of event source mappings.
   * @param endpoint where their functions find AWS: `http://127.0.0.1:4566`
   */
  start(endpoint: string): void;
  /** Ends what {@link start} began, and every function that runs. */
  close(): Promise<void>;
}

/** The parts of other services that Lambda runs functions and reads streams with. */
export interface LambdaDependencies {
  /** Without it, invocations are rejected. */
  readonly runtime?: LambdaRuntime;
  /** Without it, event source mappings are refused. */
  readonly eventSources?: EventSourceRuntime;
  /** Runs the functions of event source mappings; in warm processes by default. */
  readonly run?: RunFunction;
}

/** Lambda: stores functions, runs those for Node when they are invoked, and feeds them from streams. */
export function createLambda({ runtime, eventSources, run }: LambdaDependencies = {}): Lambda {
  const stores = new Regional((scope) => new FunctionStore(scope));
  const mappings = new Regional(
    (scope) => new MappingStore(scope, stores.in(scope), eventSources, () => pollers?.follow()),
  );
  const warm = new WarmFunctions();
  let endpoint: string | undefined;
  const runWarm: RunFunction = ({ lambda, version }, { scope }, requestId, event) => {
    if (runtime === undefined) throw new Error('Lambda has nothing to run functions with.');
    // Records can wait for their turn.
    const run: Execution['run'] = (...call) => warm.run(...call);
    return execute({ lambda, version, scope, requestId, endpoint, runtime, run }, event);
  };
  const pollers = eventSources && new Pollers(mappings, eventSources, run ?? runWarm);
  const service = restService(
    {
      signingName: 'lambda',
      operations: OPERATIONS,
      store: (scope) => ({
        functions: stores.in(scope),
        mappings: mappings.in(scope),
        runtime,
        run: (...call) => warm.run(...call, PATIENCE_MS),
      }),
      invalidInput: (violations) => constraintError(VALIDATION, violations),
      authorize({ caller }, action, resource, values) {
        try {
          caller.authorize(action, resource, values);
        } catch (error) {
          // Lambda denies access with 403, unlike JSON services with 400.
          throw withCode(error, 'AccessDeniedException', 403);
        }
      },
    },
    { unknown: unknownOperation, messageMember: 'Message' },
  );
  return {
    ...service,
    store: (scope: Scope) => stores.in(scope),
    mappings: { store: (scope) => mappings.in(scope) },
    states: [
      regionalMaps('lambda', stores, {
        functions: persistedMap({ of: ({ functions }: FunctionStore) => functions }),
      }),
      regionalMaps('lambda-event-sources', mappings, {
        mappings: persistedMap({ of: (store: MappingStore) => store.mappings }),
      }),
    ],
    start(url) {
      endpoint = url;
      pollers?.start();
    },
    async close() {
      const ended = pollers?.close();
      await warm.close();
      await ended;
    },
  };
}
