type Values = Readonly<Record<string, unknown>>;

/** Rules about combinations of parameters. */
export const RULES: readonly {
  readonly broken: (values: Values) => boolean;
  readonly message: string;
}[] = [
  {
    broken: ({ domainName = '', certificateArn = '' }) => !domainName !== !certificateArn,
    message: "The parameters 'domainName' and 'certificateArn' go together: give both or neither.",
  },
  {
    broken: ({ domainName, vpcEndpoints }) => Boolean(domainName && vpcEndpoints),
    message: "A private API has no public domain: give either 'domainName' or 'vpcEndpoints'.",
  },
  {
    broken: ({ canary, vpcEndpoints }) => Boolean(canary && vpcEndpoints),
    message:
      "A private API answers in its VPC only, where the canary is not: give either 'canary' or 'vpcEndpoints'.",
  },
  {
    broken: ({ restApiId = '', rootResourceId = '' }) => !restApiId !== !rootResourceId,
    message:
      "The parameters 'restApiId' and 'rootResourceId' go together. The ids of an API's resources: aws apigateway get-resources --rest-api-id <id> --query 'items[].[id,path]' --output text",
  },
  {
    broken: ({ restApiId, rootPath, restApiStage }) =>
      Boolean(!restApiId && (rootPath || restApiStage)),
    message: "The parameters 'rootPath' and 'restApiStage' are about 'restApiId': give it too.",
  },
  ...(['vpcEndpoints', 'webAclArn', 'domainName', 'canary'] as const).map((name) => ({
    broken: (values: Values) => Boolean(values.restApiId && values[name]),
    message: `An API that is there already is its owner's to protect, name and watch: give either 'restApiId' or '${name}'.`,
  })),
  {
    broken: ({ restApiId, tracing }) => Boolean(restApiId) && String(tracing) === 'true',
    message:
      "Tracing is a setting of the stage, and the stage of 'restApiId' is its owner's: leave out 'tracing'.",
  },
  {
    broken: ({ restApiId, corsOrigins = '' }) =>
      Boolean(restApiId) && String(corsOrigins).includes(','),
    message:
      "Several 'corsOrigins' need a stage variable, and the stage of 'restApiId' is its owner's: give one origin, or *.",
  },
];
