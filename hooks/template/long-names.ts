import { throwAwayPrefix } from '../../resources/throw-away-streams';
import type { CompiledTemplate } from '../framework';
import { prefixOf, type StreamOwner } from '../stage/throw-away-name';

/**
 * Has roles and metric filters name the throw-away streams as they are called where service and stage are too long
 * for the name of a stream: a template cannot shorten a text.
 */
export function shortenNames(template: CompiledTemplate, owner: StreamOwner): CompiledTemplate {
  const whole = throwAwayPrefix(owner.service, owner.stage);
  const prefix = prefixOf(owner);
  if (prefix === whole) return template;
  const text = JSON.stringify(template).replaceAll(`${whole}*`, `${prefix}*`);
  return JSON.parse(text) as CompiledTemplate;
}
