import { getAtt, ref } from './cloudformation';
import { invokeUrl, restApiId } from './existing-api';
import { logicalIds } from './logical-ids';

/** Outputs of the stack; the verifier and README rely on their names. */
export const outputs = {
  InvokeUrl: {
    Description: 'The URL that clients call',
    Value: invokeUrl,
  },
  ApiKeyId: {
    Description: 'The id of the API key; its value is in API Gateway',
    Condition: 'TakesKeys',
    Value: ref(logicalIds.apiKey),
  },
  DomainTarget: {
    Description: "What the domain's DNS record points at",
    Condition: 'HasDomain',
    Value: getAtt(logicalIds.domainName, 'RegionalDomainName'),
  },
  AccessLogGroup: {
    Description: 'The log group of the access log',
    Condition: 'LogsAccess',
    Value: ref(logicalIds.accessLog),
  },
  RestApiId: { Description: 'The id of the REST API', Value: restApiId },
  Streams: { Description: 'Which streams the API may touch', Value: '${param:streams}' },
  ManagesStreams: {
    Description: 'Whether the API creates and deletes streams',
    Value: '${param:manageStreams}',
  },
  RoleArn: {
    Description: 'The role that API Gateway takes to call Kinesis',
    Value: getAtt(logicalIds.role, 'Arn'),
  },
} as const;

export type OutputName = keyof typeof outputs;

/** Outputs by name: those above, and those of declared streams. */
export type Outputs = Readonly<Record<string, object>>;
