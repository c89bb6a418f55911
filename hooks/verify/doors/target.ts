import { parameterNames } from '../../../resources/parameters';
import type { Target } from '../../stage/target';
import type { StreamOwner } from '../../stage/throw-away-name';
import { tokenHeaderOf } from './access';
import type { DescribedDoor } from './described';

const AS_PARAMETER = { none: 'NONE', key: 'API_KEY', iam: 'AWS_IAM', token: 'LAMBDA' } as const;

/** A door as the target of a verification: there is no stack, and nothing is known of a stage. */
export function targetOf(
  door: DescribedDoor,
  url: string,
  region: string,
  { service, stage }: StreamOwner,
): Target {
  const { authorization = 'none', streams = '*' } = door.routes;
  return {
    service,
    stage,
    region,
    invokeUrl: url.replace(/\/+$/, ''),
    restApiId: '',
    deploymentId: '',
    apiKeyId: undefined,
    parameters: {
      ...(Object.fromEntries(parameterNames.map((name) => [name, ''])) as Target['parameters']),
      authorization: AS_PARAMETER[authorization],
      identitySource: `method.request.header.${tokenHeaderOf(door)}`,
      streams,
      manageStreams: 'true',
    },
    streams: [],
    stack: undefined,
  };
}
