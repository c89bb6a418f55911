import type { StageDependencies } from './dependencies';
import type { Exchange } from './exchange';

/**
 * Takes a token of the method on its stage, then one of the account.
 * @throws GatewayError 429 `Too Many Requests`
 */
export function throttleStage(
  { served: { region, api, stage }, resource, method, setting }: Exchange,
  { throttle }: StageDependencies,
): void {
  const { accountId, region: name } = region.scope;
  const account = region.account.throttleSettings;
  const { throttlingRateLimit: rate = -1, throttlingBurstLimit: burst = -1 } = setting ?? {};
  // Each method has a bucket of its own, also when its limits are those of all methods.
  if (rate >= 0 || burst >= 0) {
    throttle.take(`${api.id}/${stage.stageName}/${resource.id}/${method.httpMethod}`, {
      rateLimit: rate < 0 ? account.rateLimit : rate,
      burstLimit: burst < 0 ? account.burstLimit : burst,
    });
  }
  throttle.take(`${accountId}/${name}`, account);
}
