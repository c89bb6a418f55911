import { partitionOf, type Scope } from '../core/caller';
import type { ApiGatewayStore } from './store';

/**
 * The stages of an account in one region, for associating web ACLs. The association is stored in
 * the stage, so that it is deleted with the stage.
 */
export function protectedStages(store: ApiGatewayStore, scope: Scope) {
  const { region } = scope;
  const prefix = `arn:${partitionOf(region)}:apigateway:${region}::`;
  return [...store.in(scope).restApis.values()].flatMap((api) =>
    [...api.stages.values()].map((stage) => ({
      arn: `${prefix}/restapis/${api.id}/stages/${stage.stageName}`,
      webAclArn: stage.webAclArn,
      protect(webAclArn: string | undefined) {
        stage.webAclArn = webAclArn;
      },
    })),
  );
}
