import { ALL_METHODS, type MethodSetting } from '../apigateway/model';
import type { ServedStage } from '../apigateway/store';
import type { RouteMatch } from './route-trie';

/** The settings of a method on its stage: its own, else those of all methods. */
export function methodSetting(
  { stage }: ServedStage,
  { resource, method }: Pick<RouteMatch, 'resource' | 'method'>,
): MethodSetting | undefined {
  const own = `${resource.path.slice(1)}/${method?.httpMethod ?? ''}`;
  return stage.methodSettings.get(own) ?? stage.methodSettings.get(ALL_METHODS);
}
