import type { Exchange } from './exchange';
import { configurationError } from './gateway-error';

/**
 * Notes the resource that the path leads to, and requires a method on it.
 * @throws GatewayError 403 `Missing Authentication Token` for an unknown path or method
 */
export function requireMethod(exchange: Exchange): void {
  const { context, resource } = exchange;
  context.resourceId = resource.id;
  context.resourcePath = resource.path;
  if (exchange.method.integration === undefined) {
    throw configurationError('No integration defined');
  }
}
