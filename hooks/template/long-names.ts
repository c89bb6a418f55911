import { throwAwayPrefix } from '../../resources/throw-away-streams';
import type { CompiledTemplate } from '../framework';
import { prefixOf, type StreamOwner } from '../stage/throw-away-name';

/**
 * Shortens the names of throw-away streams in roles and metric filters where service and stage are
 * too long for the name of a stream, which a template cannot do by itself.
 */
export function shortenNames(template: CompiledTemplate, owner: StreamOwner): CompiledTemplate {
  const whole = throwAwayPrefix(owner.service, owner.stage);
  const prefix = prefixOf(owner);
  if (prefix === whole) return template;
  const text = JSON.stringify(template).replaceAll(`${whole}*`, `${prefix}*`);
  return JSON.parse(text) as CompiledTemplate;
}
