import { type Resources, resource } from './cloudformation';
import { endpoints } from './endpoints';
import { modelSchema } from './endpoints/shared/body-schema';
import { CONTENT_TYPES } from './endpoints/shared/content-types';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';

/** One model per request body. */
const models = endpoints.flatMap(({ id, requests }) =>
  CONTENT_TYPES.flatMap((contentType) => {
    const body = requests[contentType]?.body;
    if (body === undefined) return [];
    const name = logicalIds.model(id, contentType);
    const model = resource('AWS::ApiGateway::Model', {
      RestApiId: restApiId,
      Name: name,
      ContentType: contentType,
      Schema: modelSchema(body),
    });
    return [[name, model] as const];
  }),
);

/** The request models, and the validator of all methods. */
export const validation: Resources = {
  [logicalIds.requestValidator]: resource('AWS::ApiGateway::RequestValidator', {
    RestApiId: restApiId,
    Name: 'everything',
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  }),
  ...Object.fromEntries(models),
};
