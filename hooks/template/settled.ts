import type { CompiledTemplate } from '../framework';
import { settleAuthorizers } from './authorizers';
import { withRootPath } from './plan-paths';
import { settlePrivatePolicy } from './private-policy';

/**
 * The template with all that follows from the values of a stage's parameters and that conditions cannot
 * say: authorizers, the resource policy, the paths in usage plans.
 * @param template without conditions
 * @param rootPath the stage's parameter
 */
export const settleValues = (template: CompiledTemplate, rootPath: string): CompiledTemplate =>
  withRootPath(settlePrivatePolicy(settleAuthorizers(template)), rootPath);
