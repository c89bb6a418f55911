/**
 * What only the framework's own calls and the verification of a deployment need, beside the stack's resources: `Sid action` of
 * examples/rights/deployer.yml.
 */
export const ONLY_THE_CLI = [
  'TheStack cloudformation:DeleteChangeSet',
  'TheStack cloudformation:DescribeStackEvents',
  'TheStack cloudformation:DescribeStackResource',
  'CheckTemplates cloudformation:ValidateTemplate',
  'TheBucket s3:ListBucket',
  'WhatIsUploaded s3:DeleteObject',
  'WhatIsUploaded s3:PutObject',
  'TellTheOutcome cloudwatch:PutMetricData',
  'LookForImages ecr:DescribeRepositories',
  'ReadTheLoggingRole apigateway:GET',
] as const;
