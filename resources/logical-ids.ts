import type { EndpointId } from './endpoints';
import type { ContentType } from './endpoints/shared/content-types';

/** All logical ids. Renaming one replaces its resource; renaming RestApi changes the URL. */
export const logicalIds = {
  role: 'KinesisRole',
  restApi: 'RestApi',
  requestValidator: 'RequestValidator',
  /** Gets a hash of the content appended at package time: hooks/template/deployment.ts. */
  deployment: 'Deployment',
  stage: 'Stage',
  apiKey: 'ApiKey',
  usagePlan: 'UsagePlan',
  usagePlanKey: 'UsagePlanKey',
  /** A producer's usage plan: `acme` to `ProduceracmePlan`. */
  producerPlan: (producer: string) => `Producer${distinct(producer)}Plan`,
  /** `acme` and `2026-06` to `ProduceracmeZk2026Z2d06Key` */
  producerKey: (producer: string, key: string) =>
    `Producer${distinct(producer)}Zk${distinct(key)}Key`,
  /** The key's place in the plan: `ProduceracmeZk2026Z2d06Access`. */
  producerAccess: (producer: string, key: string) =>
    `Producer${distinct(producer)}Zk${distinct(key)}Access`,
  accessLog: 'AccessLog',
  dashboard: 'Dashboard',
  webAclAssociation: 'WebAclAssociation',
  domainName: 'DomainName',
  basePathMapping: 'BasePathMapping',
  /** The stage's authorizers. */
  authorizer: 'Authorizer',
  userPoolAuthorizer: 'UserPoolAuthorizer',
  authorizerPermission: 'AuthorizerPermission',
  eventsRole: 'EventsRole',
  canaryRole: 'CanaryRole',
  canaryLog: 'CanaryLog',
  /** `/streams/{stream-name}` to `StreamsStreamNameResource` */
  resource: (path: string) => `${pascalCase(path)}Resource`,
  method: (id: EndpointId) => `${id}Method`,
  kafkaMethod: 'KafkaRestMethod',
  /** `/streams` to `StreamsPreflightMethod` */
  preflight: (path: string) => `${pascalCase(path)}PreflightMethod`,
  model: (id: EndpointId, contentType: ContentType) =>
    `${id}${contentType === 'application/json' ? '' : 'Kinesis'}Model`,
  /** A declared stream: `orders` to `OrdersStream`. */
  stream: (name: string) => `${pascalCase(name)}Stream`,
  /** A consumer of a declared stream: `OrdersStreamFraudConsumer`. */
  consumer: (stream: string, name: string) =>
    `${logicalIds.stream(stream)}${pascalCase(name)}Consumer`,
  /** A stream's own: `OrdersAuthorizer`, or `OrdersUserPoolAuthorizer`; its kind cannot change in place. */
  streamAuthorizer: (stream: string, type: 'COGNITO' | 'LAMBDA') =>
    `${pascalCase(stream)}${type === 'COGNITO' ? logicalIds.userPoolAuthorizer : logicalIds.authorizer}`,
  streamAuthorizerPermission: (stream: string) =>
    `${pascalCase(stream)}${logicalIds.authorizerPermission}`,
  /** `/events/orders/batch` to `EventsOrdersBatchMethod` */
  eventMethod: (path: string) => `${pascalCase(path)}Method`,
  /** `/events/orders/batch` to `EventsOrdersBatchModel`, and `CloudEventEventsOrdersBatchModel` */
  eventModel: (path: string, isCloudEvent: boolean) =>
    `${isCloudEvent ? 'CloudEvent' : ''}${pascalCase(path)}Model`,
  alarm: (name: string) => `${name}Alarm`,
  metricFilter: (name: string) => `${name}MetricFilter`,
  /** `BAD_REQUEST_BODY` to `BadRequestBodyResponse` */
  gatewayResponse: (type: string) => `${pascalCase(type.toLowerCase())}Response`,
} as const;

/** Words as a part of logical ids, which take letters and digits only. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/**
 * A name as a part of logical ids, never the same for two names: `Z` and what ids do not take become
 * `Z` with the character's code, two hexadecimal digits.
 */
const distinct = (name: string): string =>
  name.replace(
    /[^A-Ya-z0-9]/g,
    (character) => `Z${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
