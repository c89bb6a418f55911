import type { Method } from '@aws-sdk/client-api-gateway';
import { sharesApi } from '../stage/target';
import { declaredResources } from '../template/declared-paths';
import { compare } from './compare';
import { liveResources } from './live-resources';
import { added, type Look, missing, physicalIdOf } from './look';
import { declaredMethod, liveMethod } from './shapes';

/** Paths and methods, templates and answers included. */
export const lookAtMethods: Look = async (site, declared) => {
  const { apiGateway: client, target, stack } = site;
  const { restApiId, parameters } = target;
  const resources = declaredResources(stack.template, parameters.rootPath);
  const own = new Set(resources.values());
  const live = new Map<string, Method>();
  const paths = new Map<string, string>();
  for (const { id, path, methods } of await liveResources(client, restApiId)) {
    // Other paths of a shared API belong to its owner.
    if (sharesApi(target) && !own.has(path)) continue;
    paths.set(id, path);
    for (const [verb, method] of Object.entries(methods)) live.set(`${verb} ${path}`, method);
  }
  const gone = [...resources].filter(([id]) => !paths.has(physicalIdOf(site, id)));
  // A missing path is reported once, without its methods.
  for (const [id, path] of gone) paths.set(physicalIdOf(site, id), path);
  const expected = new Map(
    declared.map(([, properties]) => [
      `${properties.HttpMethod} ${paths.get(String(properties.ResourceId))}`,
      properties,
    ]),
  );
  const others = [...live.keys()].filter((name) => !expected.has(name));
  return [
    ...gone.map(([, path]) => missing(`Path ${path}`)),
    ...[...resources].flatMap(([id, path]) =>
      compare('Path', { path }, { path: paths.get(physicalIdOf(site, id)) }),
    ),
    ...[...paths.values()]
      .filter((path) => path !== '/' && !own.has(path))
      .map((path) => added(`Path ${path}`)),
    ...[...expected].flatMap(([name, properties]) => {
      const method = live.get(name);
      return compare(name, declaredMethod(properties), method && liveMethod(method));
    }),
    ...others.map(added),
  ];
};
