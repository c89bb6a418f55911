import type { CompiledTemplate } from '../framework';
import { deploymentOf } from '../stage/own';
import { remembering } from '../stage/shadow';
import { rename } from '../template/deployment';
import { withShadow } from './shadow';

/**
 * The stack while the next version of it is verified beside the live one, if they differ in little:
 * about the most that a deploy makes of a template.
 * @param packaged with a deployment
 */
export function besideLive(packaged: CompiledTemplate): CompiledTemplate {
  const id = deploymentOf(packaged) ?? '';
  const live = rename(packaged, id, `${id}Live`);
  return remembering(withShadow(packaged, { template: live }, false).template, packaged);
}
