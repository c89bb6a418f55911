import type { Entrance } from '../../stage/entrances';
import { isOfAuthorizer } from '../answers';
import { askAll } from '../ask-all';
import { type CheckContext, CheckFailure } from '../check';
import type { Exchange, Pretence } from '../exchange';
import { routesOf } from './routes';

/** True if the entrance refused the caller. Behind it, no route answers these requests so. */
export const isRefused = ({ status }: Pick<Exchange, 'status'>): boolean =>
  status === 401 || status === 403;

/**
 * Asks every route of an entrance as each of these.
 * @throws CheckFailure for the first that is let in
 */
export async function expectRefused(
  context: CheckContext,
  entrance: Entrance,
  pretences: readonly Pretence[],
): Promise<void> {
  const failed = new Set<string>();
  const asked = routesOf(context, entrance).flatMap((route) =>
    pretences.map((pretence) => ({ route, pretence })),
  );
  await askAll(asked, async ({ route, pretence }) => {
    const answer = await route.send({ pretence });
    if (isRefused(answer)) return;
    if (!isOfAuthorizer(answer)) throw letIn(route.name, pretence, answer);
    failed.add(pretence.as);
  });
  // It may be how the function refuses. That nothing works is for the check of the way in.
  for (const { as } of pretences.filter((each) => failed.has(each.as))) {
    context.note(
      `callers with ${as} get a 500: the authorizer fails instead of refusing them. To refuse with 401, it throws the error Unauthorized`,
    );
  }
}

export const letIn = (route: string, { as }: Pretence, answer: Exchange) =>
  new CheckFailure(`${route} lets in ${as} (${answer.status})`, answer, { fault: 'opens' });
