import type { CompiledTemplate } from '../framework';
import { declaredId, deploymentOf, rightsOf } from '../stage/own';
import { rename } from '../template/deployment';
import type { Deployed } from './taken-away';

/** Separates the hash of a deployment's content from the deployment that it followed. */
const AFTER = 'After';

/**
 * The template with the logical id that its Deployment is to have: the one that the stack has,
 * where that deploys the same already, else the one that it was packaged with.
 * @param isStale whether the stage needs a new deployment although what it is to deploy is the same
 */
export function withDeploymentId(
  packaged: CompiledTemplate,
  deployed: Deployed,
  isStale: boolean,
): CompiledTemplate {
  const { template } = deployed;
  const [given, current] = [deploymentOf(packaged), deploymentOf(template)];
  if (given === undefined || current === undefined) return packaged;
  if (!deploysTheSame(packaged, deployed)) return packaged;
  const before = (ownDeployment(deployed) ?? '').replace(/[^A-Za-z0-9]/g, '');
  return rename(packaged, given, isStale ? `${withoutAfter(given)}${AFTER}${before}` : current);
}

/** The template with each role and permission that is the same under the stack's id for it. */
export function withRightIds(
  packaged: CompiledTemplate,
  template: CompiledTemplate,
): CompiledTemplate {
  const deployed = rightsOf(template);
  return rightsOf(packaged).reduce((named, given) => {
    const current = deployed.find((id) => declaredId(id) === declaredId(given));
    if (current === undefined) return named;
    const isSame =
      JSON.stringify(packaged.Resources[given]) === JSON.stringify(template.Resources[current]);
    return isSame ? rename(named, given, current) : named;
  }, packaged);
}

/** True if a template deploys the same content as the stack's Deployment. */
export function deploysTheSame(packaged: CompiledTemplate, { template }: Deployed): boolean {
  const [plain, current] = [deploymentOf(packaged), deploymentOf(template)].map(withoutAfter);
  return plain === current;
}

const withoutAfter = (id: string | undefined) => id?.split(AFTER)[0];

/** The id of the deployment that the stack declares. */
export const ownDeployment = ({ template, physicalIds }: Deployed): string | undefined =>
  physicalIds[deploymentOf(template) ?? ''];
