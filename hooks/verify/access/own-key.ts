import { setTimeout as sleep } from 'node:timers/promises';
import type { Entrance } from '../../stage/entrances';
import { unaskedIn } from '../../stage/unasked';
import { withApiKey } from '../api-key';
import { type CheckContext, CheckFailure, Inapplicable } from '../check';
import { expectEnvelope, expectThisDeployment } from '../doors/own';
import type { Exchange } from '../exchange';
import { makeThrowAwayKey, type ThrowAwayKey } from '../throw-away-key';
import { expectRefused, isRefused } from './refused';
import { type ProbedRoute, routesOf } from './routes';

/** How long API Gateway may take until a new key, a quota or a plan's end has effect everywhere. */
const EFFECTIVE_MS = 60_000;

/**
 * Uses up the quota of a key that the run made for that, and takes its plan from the stage: then it is
 * a key of another stage.
 * @throws Inapplicable where the identity may not make keys
 */
export async function expectKeysOfItsOwn(context: CheckContext, entrance: Entrance): Promise<void> {
  const [route] = routesOf(context, entrance);
  if (route === undefined) return;
  const key = await made(context);
  try {
    await useUp(context, route, key);
    await key.leaveStage();
    const as = 'a key of another stage';
    const pretence = { as, sign: withApiKey(key.value) };
    await until(context, () => route.send({ pretence, mayBeLimited: true }), isRefused);
    await expectRefused(context, entrance, [pretence]);
  } finally {
    await key.remove();
  }
}

async function made({ apiGateway, target }: CheckContext): Promise<ThrowAwayKey> {
  try {
    return await makeThrowAwayKey(apiGateway, target);
  } catch (error) {
    if (unaskedIn(error)?.obstacle !== 'denied') throw error;
    throw new Inapplicable('not permitted to make a key and a plan of its own');
  }
}

async function useUp(
  context: CheckContext,
  route: ProbedRoute,
  { value }: ThrowAwayKey,
): Promise<void> {
  const pretence = { as: 'a key whose quota is used up', sign: withApiKey(value) };
  const ask = () => route.send({ pretence, mayBeLimited: true });
  const isTaken = (answer: Exchange) => !isRefused(answer);
  const taken = await until(context, ask, isTaken);
  if (!isTaken(taken)) {
    const message = `${route.name} refuses a key with a plan of the stage (${taken.status})`;
    throw new CheckFailure(message, taken);
  }
  const isOver = ({ status }: Exchange) => status === 429;
  const over = isOver(taken) ? taken : await until(context, ask, isOver);
  if (!isOver(over)) {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
    context.note(`a quota of one request has had no effect: API Gateway applies quotas as it can`);
    return;
  }
  if (!context.door.isOwn) return;
  expectThisDeployment(over, context);
  expectEnvelope(over);
}

/** Asks until an answer is as wanted, or it takes too long. @returns the last answer */
async function until(
  { pace, signal }: CheckContext,
  ask: () => Promise<Exchange>,
  isWanted: (answer: Exchange) => boolean,
): Promise<Exchange> {
  const end = Date.now() + Math.min(EFFECTIVE_MS, pace.streamMs);
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    const answer = await ask();
    if (isWanted(answer) || Date.now() + pauseMs > end) return answer;
    await sleep(pauseMs, undefined, { signal });
  }
}
