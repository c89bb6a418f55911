import type { Entrance } from '../../stage/entrances';
import { apiStage, type Target } from '../../stage/target';
import { isOfAuthorizer } from '../answers';
import { askAll } from '../ask-all';
import { type CheckContext, CheckFailure } from '../check';
import { isOfTheGateway } from '../doors/own';
import type { Exchange } from '../exchange';
import { isRefused } from './refused';
import { type ProbedRoute, routesOf } from './routes';

interface Refusal {
  readonly route: string;
  readonly answer: Exchange;
}

/**
 * Asks every route of an entrance with the run's own token. Where none lets it in, nothing more is
 * asked there: each further check would only say so again.
 * @throws CheckFailure that names the first route that refuses it
 */
export async function expectLetIn(context: CheckContext, entrance: Entrance): Promise<void> {
  const { access } = context;
  const barred = access.barredAt(entrance);
  if (barred !== undefined) throw barred;
  const routes = routesOf(context, entrance);
  const ask = async (route: ProbedRoute): Promise<Refusal> => ({
    route: route.name,
    answer: await route.send({}),
  });
  // The authorizer's answer for the first path is kept, and must be good for the others.
  const answers = [
    ...(await askAll(routes.slice(0, 1), ask)),
    ...(await askAll(routes.slice(1), ask)),
  ];
  const refused = answers.filter(
    ({ answer }) => (isRefused(answer) && isOfTheGateway(answer)) || isOfAuthorizer(answer),
  );
  const [first] = refused;
  if (first === undefined) return;
  if (refused.length === routes.length) {
    access.bar(
      entrance,
      `The ${entrance.name} entrance does not let in the token that it was given; its check says more`,
    );
  }
  const message = inWords(first, refused.length, routes.length, entrance);
  throw new CheckFailure(`${message}${ofShadow(context.target, entrance, first)}`, first.answer);
}

/** A policy that names the stage that clients know lets nobody in on the one where it is verified. */
const ofShadow = (target: Target, { authorization }: Entrance, { answer }: Refusal): string =>
  target.stack?.live !== undefined && authorization === 'LAMBDA' && answer.status === 403
    ? `. The new version is verified on the stage ${apiStage(target)}: a policy that names its stage takes it from methodArn`
    : '';

function inWords(
  { route, answer }: Refusal,
  count: number,
  all: number,
  { authorization, ttlSeconds }: Entrance,
): string {
  const where =
    count === all
      ? 'as all routes of the entrance do'
      : `and ${all - count} other routes let it in`;
  if (isOfAuthorizer(answer)) {
    return `${route} answers ${answer.status}, ${where}: API Gateway may not call the authorizer, or it fails`;
  }
  const isOfCache =
    authorization === 'LAMBDA' && ttlSeconds > 0 && answer.status === 403 && count < all;
  const why = isOfCache
    ? `. The answer for the first path is kept for ${ttlSeconds} s, so the policy of the authorizer has to allow every path that its caller may call`
    : '';
  return `${route} refuses the token of the run (${answer.status}), ${where}${why}`;
}
