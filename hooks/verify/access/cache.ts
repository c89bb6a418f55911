import { TestInvokeAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import type { Entrance } from '../../stage/entrances';
import { unaskedIn } from '../../stage/unasked';
import { type CheckContext, Inapplicable } from '../check';
import { authorizerAt } from './authorizer';
import { nonsense } from './pretences';
import { isRefused, letIn } from './refused';
import { routesOf } from './routes';
import { type Placed, placed, withPlaced } from './token';

/**
 * API Gateway keeps an authorizer's answer by the identity sources alone. If the function looks at
 * more than those, who shows the same there gets the answer that was meant for another. So each part
 * of the run's way in is spoiled alone, on the path that was just asked with all of it and on another:
 * what the function itself refuses must not be let in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
 */
export async function expectNoMixUp(context: CheckContext, entrance: Entrance): Promise<void> {
  const { access } = context;
  const barred = access.barredAt(entrance);
  if (barred !== undefined) throw barred;
  const token = await access.tokens.good(entrance.name);
  if (token === undefined) throw new Inapplicable('no token');
  const own = placed(token, entrance);
  const [first, second = first] = routesOf(context, entrance);
  if (first === undefined || second === undefined) return;
  for (const { what, spoiled } of spoiledIn(own)) {
    await first.send({});
    for (const route of [first, second]) {
      const pretence = {
        as: `a caller whose ${what} is nonsense, while the answer for a good one is kept`,
        sign: withPlaced(spoiled),
      };
      const answer = await route.send({ pretence });
      if (isRefused(answer) || answer.status >= 500) continue;
      if (!(await isRefusedByItself(context, entrance, spoiled))) break;
      // It may go by what a test does not have: the caller's address, the path.
      if (await isRefusedByItself(context, entrance, own)) {
        throw new Inapplicable(
          "API Gateway's test of the authorizer refuses the run's own token too",
        );
      }
      throw letIn(route.name, pretence, answer);
    }
  }
}

/** The way in with one of its parts spoiled, for each part. */
const spoiledIn = ({ headers, query }: Placed) => [
  ...Object.keys(headers).map((name) => ({
    what: `header ${name}`,
    spoiled: { headers: { ...headers, [name]: nonsense() }, query },
  })),
  ...Object.keys(query).map((name) => ({
    what: `parameter ${name}`,
    spoiled: { headers, query: { ...query, [name]: nonsense() } },
  })),
];

/**
 * True if the authorizer refuses a caller when it is asked now: API Gateway's test of it keeps no
 * answers. What the function does not look at may be anything.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeAuthorizer.html
 */
async function isRefusedByItself(
  context: CheckContext,
  entrance: Entrance,
  { headers, query }: Placed,
): Promise<boolean> {
  const { apiGateway, target } = context;
  try {
    const authorizerId = await authorizerAt(context, entrance);
    const search = new URLSearchParams(query).toString();
    const { clientStatus, policy } = await apiGateway.send(
      new TestInvokeAuthorizerCommand({
        restApiId: target.restApiId,
        authorizerId,
        headers: { ...headers },
        pathWithQueryString: search === '' ? '/' : `/?${search}`,
      }),
    );
    // Of a function that answers, AWS says 0 whatever its policy says.
    return clientStatus !== 0 || !/"Effect"\s*:\s*"Allow"/.test(policy ?? '');
  } catch (error) {
    if (unaskedIn(error)?.obstacle !== 'denied') throw error;
    throw new Inapplicable('not permitted to test the authorizer (apigateway:POST)');
  }
}
