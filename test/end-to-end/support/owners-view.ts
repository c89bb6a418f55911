import {
  type APIGatewayClient,
  GetAccountCommand,
  GetApiKeysCommand,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetExportCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetStageCommand,
  GetStagesCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';

/** All that the owner sees of the API, and of the account beside it. */
export async function everything(client: APIGatewayClient, restApiId: string, stageName = 'live') {
  const exported = async (exportType: string) => {
    const parameters = { extensions: 'apigateway' };
    const { body } = await client.send(
      new GetExportCommand({ restApiId, stageName, exportType, parameters }),
    );
    return Buffer.from(body ?? []).toString();
  };
  const { lastUpdatedDate: _, ...stage } = await client.send(
    new GetStageCommand({ restApiId, stageName }),
  );
  const { items: resources = [] } = await client.send(
    new GetResourcesCommand({ restApiId, embed: ['methods'] }),
  );
  return {
    oas30: await exported('oas30'),
    swagger: await exported('swagger'),
    stage: { ...stage, $metadata: undefined },
    stages: (await client.send(new GetStagesCommand({ restApiId }))).item?.map(
      (each) => each.stageName,
    ),
    resources: resources.toSorted((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1)),
    deployments: (await client.send(new GetDeploymentsCommand({ restApiId }))).items,
    models: (await client.send(new GetModelsCommand({ restApiId }))).items,
    validators: (await client.send(new GetRequestValidatorsCommand({ restApiId }))).items,
    authorizers: (await client.send(new GetAuthorizersCommand({ restApiId }))).items,
    keys: (await client.send(new GetApiKeysCommand({}))).items,
    plans: (await client.send(new GetUsagePlansCommand({}))).items,
    loggingRole: (await client.send(new GetAccountCommand({}))).cloudwatchRoleArn,
  };
}
