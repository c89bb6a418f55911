import { type Resources, ref, resource } from './cloudformation';
import type { ConditionName } from './conditions';
import { corsGatewayHeaders } from './cors';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { logicalIds } from './logical-ids';
import type { DeclaredStream } from './streams/declared';

type ResponseType =
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'THROTTLED'
  | 'QUOTA_EXCEEDED'
  | 'AUTHORIZER_FAILURE'
  | 'AUTHORIZER_CONFIGURATION_ERROR';

interface Envelope {
  /** The code in the error envelope: fixed text or a gateway variable. */
  readonly code: string;
  /** A gateway variable with the message, as JSON. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly condition?: ConditionName;
}

const MESSAGE = '$context.error.messageString';

const AUTHORIZER_FAILED: Envelope = {
  code: '$context.error.responseType',
  message: '"The authorizer failed, or API Gateway may not call it."',
  condition: 'ShapesAuthorizerErrors',
};

/**
 * API Gateway's own errors, in the same envelope as Kinesis's. Gateway responses substitute
 * variables but do not run mapping templates.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const ENVELOPES: Readonly<Record<ResponseType, Envelope>> = {
  DEFAULT_4XX: { code: '$context.error.responseType', message: MESSAGE },
  DEFAULT_5XX: { code: '$context.error.responseType', message: MESSAGE },
  // Names the invalid member; messageString says only "Invalid request body".
  BAD_REQUEST_BODY: {
    code: 'ValidationException',
    message: '"$context.error.validationErrorString"',
  },
  BAD_REQUEST_PARAMETERS: { code: 'ValidationException', message: MESSAGE },
  THROTTLED: { code: 'ThrottlingException', message: MESSAGE, headers: { 'Retry-After': "'1'" } },
  QUOTA_EXCEEDED: {
    code: 'LimitExceededException',
    message: MESSAGE,
    headers: { 'Retry-After': "'3600'" },
  },
  // Their message is null.
  AUTHORIZER_FAILURE: AUTHORIZER_FAILED,
  AUTHORIZER_CONFIGURATION_ERROR: AUTHORIZER_FAILED,
};

export const responses = (declared: readonly DeclaredStream[]): Resources =>
  Object.fromEntries(
    Object.entries(ENVELOPES).map(
      ([type, { code, message, headers = {}, condition = 'OwnsApi' }]) => [
        logicalIds.gatewayResponse(type),
        resource(
          'AWS::ApiGateway::GatewayResponse',
          {
            RestApiId: ref(logicalIds.restApi),
            ResponseType: type,
            ResponseParameters: {
              ...Object.fromEntries(
                Object.entries({ ...headers, [DEPLOYMENT_HEADER]: 'context.deploymentId' }).map(
                  ([name, value]) => [`gatewayresponse.header.${name}`, value],
                ),
              ),
              ...corsGatewayHeaders(declared),
            },
            ResponseTemplates: {
              'application/json': `{"code": "${code}", "message": ${message}, "requestId": "$context.requestId"}`,
            },
          },
          { Condition: condition },
        ),
      ],
    ),
  );
