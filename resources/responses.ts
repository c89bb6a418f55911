import { type Resources, ref, resource } from './cloudformation';
import { corsGatewayHeaders } from './cors';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { logicalIds } from './logical-ids';

type ResponseType =
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'THROTTLED'
  | 'QUOTA_EXCEEDED';

interface Envelope {
  /** The code in the error envelope: fixed text, or one of the gateway's variables. */
  readonly code: string;
  /** A JSON value: the gateway's own message, or its variable that says what is wrong. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const MESSAGE = '$context.error.messageString';

/**
 * The gateway's own errors in the envelope that Kinesis's errors have as well. Gateway responses
 * substitute variables and are no mapping templates.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const ENVELOPES: Readonly<Record<ResponseType, Envelope>> = {
  DEFAULT_4XX: { code: '$context.error.responseType', message: MESSAGE },
  DEFAULT_5XX: { code: '$context.error.responseType', message: MESSAGE },
  // Which member is missing or mistyped; messageString says only "Invalid request body".
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
};

export const responses: Resources = Object.fromEntries(
  Object.entries(ENVELOPES).map(([type, { code, message, headers = {} }]) => [
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
          ...corsGatewayHeaders,
        },
        ResponseTemplates: {
          'application/json': `{"code": "${code}", "message": ${message}, "requestId": "$context.requestId"}`,
        },
      },
      { Condition: 'OwnsApi' },
    ),
  ]),
);
