import { logicalIds } from '../../../resources/logical-ids';
import { compiledStack } from '../../support/compiled-stack';
import { ENDPOINT_IDS, without } from '../damage';
import type { Fault } from '../fault';

/** Which routes there are. */
export const methodFaults: readonly Fault[] = [
  ...ENDPOINT_IDS.map(
    (endpoint): Fault => ({
      id: `no-method-${endpoint}`,
      class: 'method',
      broken: `There is no method for ${endpoint}`,
      blames: endpoint,
      caughtBy: [endpoint],
      template: without(logicalIds.method(endpoint)),
    }),
  ),
  {
    id: 'unwanted-DeleteStream',
    class: 'method',
    broken: 'DeleteStream is there although the stage does not manage streams',
    blames: 'DeleteStream',
    caughtBy: ['DeleteStream'],
    parameters: { manageStreams: 'false' },
    template({ Resources }) {
      const whole = compiledStack({ authorization: 'NONE' }).Resources;
      const id = logicalIds.method('DeleteStream');
      const { role } = logicalIds;
      if (whole[id] !== undefined) Resources[id] = structuredClone(whole[id]);
      if (whole[role] !== undefined) Resources[role] = structuredClone(whole[role]);
      const { DependsOn } = Resources[logicalIds.deployment] ?? {};
      if (Array.isArray(DependsOn)) DependsOn.push(id);
    },
  },
];
