import {
  CreateStackCommand,
  DescribeStacksCommand,
  type Tag,
} from '@aws-sdk/client-cloudformation';
import { probesStackOf } from '../probes-stack';
import { StepFailure } from '../prove-error';
import type { Run } from '../run';
import { deleteStack, settled } from '../stack-state';
import type { GatewayProbe, Route, RouteResponse } from './gateway';

type Resources = Record<string, object>;

const title = (name: string): string =>
  name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/** Parameters, conditions, mappings and outputs that the stack is there to show. */
const SHOWN = {
  Parameters: {
    Secret: { Type: 'String', NoEcho: true, Default: 'a secret' },
    Words: { Type: 'CommaDelimitedList', Default: 'one,two,three' },
    Number: { Type: 'Number', Default: 7, MinValue: 1 },
  },
  Conditions: {
    IsSeven: { 'Fn::Equals': [{ Ref: 'Number' }, 7] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsSeven' }] },
  },
  Mappings: { Map: { first: { second: 'found' } } },
};

const OUTPUTS = {
  Join: { Value: { 'Fn::Join': ['-', { Ref: 'Words' }] } },
  Select: { Value: { 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|b|c'] }] } },
  If: { Value: { 'Fn::If': ['IsSeven', 'seven', 'other'] } },
  FindInMap: { Value: { 'Fn::FindInMap': ['Map', 'first', 'second'] } },
  // A property that is no attribute in the documentation.
  GetAtt: { Value: { 'Fn::GetAtt': ['Api', 'Description'] } },
  Base64: { Value: { 'Fn::Base64': 'é' } },
  Sub: { Value: { 'Fn::Sub': ['${!Literal} ${Own}', { Own: 'own' }] } },
  Absent: { Condition: 'IsNot', Value: 'never' },
  Handle: { Value: { Ref: 'Handle' } },
  RestApi: { Value: { Ref: 'Api' } },
  Root: { Value: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } },
};

/** A gateway response that differs from the default by a header. */
const explained = (ResponseType: string) => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResponseType,
    ResponseParameters: { 'gatewayresponse.header.X-Why': `'${ResponseType}'` },
  },
});

/** The probes' own stack: an API with a mock for each gateway probe. Nothing in it costs anything. */
export function probesTemplate(
  probes: readonly GatewayProbe[],
  name: string,
  stage: string,
): object {
  const resources: Resources = {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: name,
        Description: 'probe',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        BinaryMediaTypes: ['application/octet-stream'],
        MinimumCompressionSize: 100_000,
      },
    },
    Validator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestBody: true },
    },
    BadBodyResponse: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'BAD_REQUEST_BODY',
        StatusCode: '422',
        ResponseParameters: { 'gatewayresponse.header.X-Why': "'body'" },
        ResponseTemplates: {
          'application/json':
            '{"type": "$context.error.responseType", "why": "$context.error.validationErrorString", "twice": #if(true)1#end}',
          'application/xml': '<why>$context.error.validationErrorString</why>',
        },
      },
    },
    TooLargeResponse: explained('REQUEST_TOO_LARGE'),
    DefaultResponse: explained('DEFAULT_4XX'),
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
  };
  for (const probe of probes) Object.assign(resources, routeOf(probe));
  const deployed = Object.keys(resources).filter((id) => /(Method|Response)$/.test(id));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Questions to AWS, of npm run prove; deleted at its end',
    ...SHOWN,
    Resources: {
      ...resources,
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: deployed,
        Properties: { RestApiId: { Ref: 'Api' } },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: 'Api' },
          DeploymentId: { Ref: 'Deployment' },
          StageName: stage,
          Variables: { shown: 'variable' },
          MethodSettings: [
            {
              HttpMethod: '*',
              ResourcePath: '/*',
              ThrottlingRateLimit: 100,
              ThrottlingBurstLimit: 50,
            },
          ],
        },
      },
    },
    Outputs: OUTPUTS,
  };
}

function routeOf({ name, route }: GatewayProbe): Resources {
  const id = title(name);
  const { child, schema } = route;
  const leaf = child === undefined ? `${id}Resource` : `${id}Child`;
  return {
    [`${id}Resource`]: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: name,
      },
    },
    ...(child !== undefined && {
      [leaf]: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ParentId: { Ref: `${id}Resource` },
          PathPart: child,
        },
      },
    }),
    ...(schema !== undefined && {
      [`${id}Model`]: {
        Type: 'AWS::ApiGateway::Model',
        Properties: {
          RestApiId: { Ref: 'Api' },
          Name: `${id}Model`,
          ContentType: 'application/json',
          Schema: schema,
        },
      },
    }),
    [`${id}Method`]: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: leaf },
        ...methodOf(id, route),
      },
    },
  };
}

const DEFAULT_RESPONSE: RouteResponse = { status: '200' };

function methodOf(id: string, route: Route): object {
  const {
    method = 'POST',
    child,
    templates,
    passthrough,
    contentHandling,
    parameters,
    schema,
  } = route;
  const { responses = [DEFAULT_RESPONSE] } = route;
  const pathParameter = child === undefined ? undefined : child.replace(/[{}+]/g, '');
  return {
    HttpMethod: method,
    AuthorizationType: 'AWS_IAM',
    ...(pathParameter !== undefined && {
      RequestParameters: { [`method.request.path.${pathParameter}`]: true },
    }),
    ...(schema !== undefined && {
      RequestValidatorId: { Ref: 'Validator' },
      RequestModels: { 'application/json': { Ref: `${id}Model` } },
    }),
    Integration: {
      Type: 'MOCK',
      RequestTemplates: templates,
      PassthroughBehavior: passthrough ?? 'NEVER',
      ...(contentHandling !== undefined && { ContentHandling: contentHandling }),
      ...(parameters !== undefined && { RequestParameters: parameters }),
      IntegrationResponses: responses.map(
        ({ status, pattern, templates: rendered, headers = {} }) => ({
          StatusCode: status,
          ...(pattern !== undefined && { SelectionPattern: pattern }),
          ...(rendered !== undefined && { ResponseTemplates: rendered }),
          ResponseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [
              `method.response.header.${name}`,
              value,
            ]),
          ),
        }),
      ),
    },
    MethodResponses: [...new Set(responses.map(({ status }) => status))].map((status) => ({
      StatusCode: status,
      ResponseParameters: Object.fromEntries(
        responses
          .filter((response) => response.status === status)
          .flatMap(({ headers = {} }) => Object.keys(headers))
          .map((name) => [`method.response.header.${name}`, false]),
      ),
    })),
  };
}

const PROBE_TAGS: Tag[] = [{ Key: 'probe', Value: 'kept' }];

/** Makes the stack, or takes the one that a run which was cut off has made. @returns its outputs */
export async function makeProbesStack(
  run: Run,
  probes: readonly GatewayProbe[],
): Promise<Record<string, string>> {
  const client = run.clients.cloudFormation;
  const StackName = probesStackOf(run);
  const before = await settled(client, StackName, run.pauseMs);
  if (before !== undefined && before !== 'CREATE_COMPLETE') {
    await deleteStack(client, StackName, run.pauseMs);
  }
  if (before !== 'CREATE_COMPLETE') {
    const TemplateBody = JSON.stringify(probesTemplate(probes, StackName, run.stage));
    await client
      .send(new CreateStackCommand({ StackName, TemplateBody, Tags: PROBE_TAGS }))
      .catch((error: Error) => {
        // The answer to the first attempt was lost.
        if (error.name !== 'AlreadyExistsException') throw error;
      });
  }
  const status = await settled(client, StackName, run.pauseMs);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  if (status !== 'CREATE_COMPLETE') {
    throw new StepFailure(`The stack ${StackName} is ${status}: ${stack?.StackStatusReason}`);
  }
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
