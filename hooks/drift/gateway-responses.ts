import { GetGatewayResponsesCommand } from '@aws-sdk/client-api-gateway';
import { sharesApi } from '../stage/target';
import { compare } from './compare';
import { added, type Look } from './look';
import {
  declaredGatewayResponse,
  liveGatewayResponse,
  type Properties,
  USUAL_STATUS,
} from './shapes';

/** There are fewer types than this. */
const PAGE = 500;

export const lookAtGatewayResponses: Look = async ({ apiGateway, target }, declared) => {
  if (sharesApi(target)) return [];
  const { restApiId } = target;
  const answer = await apiGateway.send(new GetGatewayResponsesCommand({ restApiId, limit: PAGE }));
  const live = answer.items ?? [];
  const expected = new Map(
    declared.map(([, properties]) => [String(properties.ResponseType), properties]),
  );
  const customized = live.filter(
    ({ responseType = '', defaultResponse }) => !defaultResponse && !expected.has(responseType),
  );
  return [
    ...[...expected].flatMap(([type, properties]) => {
      const found = live.find(({ responseType }) => responseType === type);
      const usual = USUAL_STATUS[type];
      return compare(
        `Gateway response ${type}`,
        { ...declaredGatewayResponse(properties), status: properties.StatusCode ?? usual },
        found && { ...liveGatewayResponse(found), status: found.statusCode ?? usual },
      );
    }),
    // A response derived from a declared default (DEFAULT_4XX) is not a customization.
    ...customized
      .filter((response) => !inherits(response, expected))
      .map(({ responseType }) => added(`Gateway response ${responseType}`)),
  ];
};

function inherits(
  response: Parameters<typeof liveGatewayResponse>[0],
  expected: ReadonlyMap<string, Properties>,
): boolean {
  return ['DEFAULT_4XX', 'DEFAULT_5XX'].some((type) => {
    const parent = expected.get(type);
    if (parent === undefined) return false;
    return compare('', declaredGatewayResponse(parent), liveGatewayResponse(response)).length === 0;
  });
}
