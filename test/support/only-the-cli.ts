/**
 * Rights of examples/rights/deployer.yml, as `Sid action`, that none of the stack's resources needs:
 * they are for the framework's own calls and for the verification of a deployment.
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
