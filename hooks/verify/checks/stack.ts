import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { endpoints } from '../../../resources/endpoints';
import { logicalIds } from '../../../resources/logical-ids';
import type { Difference } from '../../drift/compare';
import { drift } from '../../drift/drift';
import { repositoryDrift, repositoryTemplate } from '../../drift/repository';
import { servedDrift } from '../../drift/served';
import { apiStage, sharesApi, type Target, withoutStack } from '../../stage/target';
import { Unasked } from '../../stage/unasked';
import { declaredPaths } from '../../template/declared-paths';
import { type Check, CheckFailure } from '../check';
import { ofStage } from './define';

/** More differences than these are counted, not listed. */
const MOST_NAMED = 10;

/** Checks of what AWS has, before the API is called. */
export const stackChecks = {
  Deployment: ofStage({
    title: "The stage serves the stack's deployment",
    skipReason: (target) => (sharesApi(target) ? 'shared API' : withoutStack(target)),
    async run({ apiGateway, target }) {
      const { restApiId, deploymentId } = target;
      const stage = apiStage(target);
      const live = await apiGateway.send(new GetStageCommand({ restApiId, stageName: stage }));
      if (live.deploymentId === deploymentId) return {};
      throw new CheckFailure(
        `the stage serves deployment ${live.deploymentId}, but the stack created ${deploymentId}: someone deployed the API by hand, or no deploy followed a rollback. Deploy again with a change, or run: aws apigateway update-stage --rest-api-id ${restApiId} --stage-name ${stage} --patch-operations op=replace,path=/deploymentId,value=${deploymentId}`,
      );
    },
  }),

  Served: ofStage({
    title: 'The stage serves the API as it is configured',
    skipReason: (target) => withoutStack(target) ?? besideShadow(target),
    async run({ apiGateway, target }) {
      const { restApiId } = target;
      const differences = await servedDrift(apiGateway, restApiId, apiStage(target));
      tell('was changed and never deployed', ofTheStack(differences, target));
      return {};
    },
  }),

  Drift: ofStage({
    title: "The stack's resources match its template",
    skipReason: withoutStack,
    async run(context) {
      const { target } = context;
      if (target.stack === undefined) return {};
      const { differences, unseen } = await drift(context, target, target.stack);
      tell('is not as deployed', differences);
      if (unseen.length === 0) return {};
      throw new Unasked(['could not be looked at', ...unseen].join('\n'), 'denied');
    },
  }),

  Repository: ofStage({
    title: 'The stack matches this checkout',
    skipReason: (target) =>
      target.stack?.service === undefined ? 'no checkout' : besideShadow(target),
    async run({ target }) {
      const { stack } = target;
      if (stack?.service === undefined) return {};
      const declared = repositoryTemplate(target, stack.service);
      const differences = repositoryDrift(declared, stack.template, stack.live !== undefined);
      tell('was deployed from something else', differences.map(withRoute));
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

/** While another deployment is verified, the API is as that one has it, and not as the live stage. */
const besideShadow = ({ stack }: Target) =>
  stack?.shadow && `a new deployment is verified on stage ${stack.shadow}`;

/** Other parts of a shared API belong to its owner. */
function ofTheStack(differences: readonly Difference[], target: Target): readonly Difference[] {
  const { stack, parameters } = target;
  if (!sharesApi(target) || stack === undefined) return differences;
  const own = declaredPaths(stack.template, parameters.rootPath);
  return differences.filter(({ where }) => own.has(where.slice(where.indexOf(' ') + 1)));
}

/** Adds method and path, which say more than a logical id. */
function withRoute({ where, what }: Difference): Difference {
  const found = endpoints.find(({ id }) => logicalIds.method(id) === where);
  return { where: found === undefined ? where : `${where} (${found.method} ${found.path})`, what };
}

function tell(what: string, differences: readonly Difference[]): void {
  if (differences.length === 0) return;
  const named = differences.slice(0, MOST_NAMED).map((each) => `${each.where}: ${each.what}`);
  const more = differences.length - named.length;
  const rest = more > 0 ? [`and ${more} more`] : [];
  throw new CheckFailure([what, ...named, ...rest].join('\n'));
}
