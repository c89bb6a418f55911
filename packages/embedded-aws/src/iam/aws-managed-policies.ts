/** A policy that AWS owns and every account may attach. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly statements: readonly {
    readonly Effect: 'Allow';
    readonly Action: string | readonly string[];
    readonly Resource: string;
  }[];
}

const LOG_WRITING = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'] as const;

/**
 * The managed policies used with the supported services; others are rejected by name.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const AWS_MANAGED_POLICIES: readonly AwsManagedPolicy[] = [
  {
    name: 'AdministratorAccess',
    path: '/',
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  {
    name: 'AmazonKinesisFullAccess',
    path: '/',
    statements: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }],
  },
  {
    name: 'AmazonKinesisReadOnlyAccess',
    path: '/',
    statements: [
      {
        Effect: 'Allow',
        Action: ['kinesis:Get*', 'kinesis:List*', 'kinesis:Describe*'],
        Resource: '*',
      },
    ],
  },
  {
    name: 'AmazonAPIGatewayInvokeFullAccess',
    path: '/',
    statements: [
      {
        Effect: 'Allow',
        Action: ['execute-api:Invoke', 'execute-api:ManageConnections'],
        Resource: 'arn:aws:execute-api:*:*:*',
      },
    ],
  },
  {
    name: 'AmazonAPIGatewayPushToCloudWatchLogs',
    path: '/service-role/',
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:DescribeLogGroups',
          'logs:DescribeLogStreams',
          'logs:PutLogEvents',
          'logs:GetLogEvents',
          'logs:FilterLogEvents',
        ],
        Resource: '*',
      },
    ],
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    path: '/service-role/',
    statements: [{ Effect: 'Allow', Action: LOG_WRITING, Resource: '*' }],
  },
  {
    name: 'AWSLambdaKinesisExecutionRole',
    path: '/service-role/',
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
          'kinesis:ListStreams',
          'kinesis:SubscribeToShard',
          ...LOG_WRITING,
        ],
        Resource: '*',
      },
    ],
  },
];
