import type { Target } from '../stage/target';
import { type Sign, unsigned } from './exchange';

/** How a request is let in, by the kind of authorization. */
export type Signers = Readonly<Record<'AWS_IAM' | 'API_KEY', Sign>>;

/** The kinds of authorization that a stage's endpoints have. */
export function authorizationsOf({ parameters, streams }: Target): Set<string> {
  const own = streams.map(({ authorization }) => authorization);
  return new Set([parameters.authorization, ...own.filter((each) => each !== 'stage')]);
}

/** Adds the credentials that an endpoint requires: the stage's, or those of a stream's own. */
export function signAs(target: Target, signers: Signers): Sign {
  const { invokeUrl, parameters, streams } = target;
  const signerOf = (authorization: string): Sign =>
    authorization === 'NONE' ? unsigned : (signers[authorization as keyof Signers] ?? unsigned);
  const ofStage = signerOf(parameters.authorization);
  const own = streams.flatMap(({ name, authorization }) =>
    authorization === 'stage' ? [] : [{ path: `/events/${name}`, sign: signerOf(authorization) }],
  );
  if (own.length === 0) return ofStage;
  return (request) => {
    const path = request.url.slice(invokeUrl.length).replace(/\?.*/s, '');
    const stream = own.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    return (stream?.sign ?? ofStage)(request);
  };
}
