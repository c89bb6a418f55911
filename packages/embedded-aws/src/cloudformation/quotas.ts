import { OUT_OF_REACH, quotaTable, quotaValues } from '../core/quota';

const DECLARED =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html';

export const CLOUDFORMATION_QUOTAS = quotaTable({
  service: 'CloudFormation',
  page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  rows: {
    resources: { name: 'Resources', value: 500 },
    parameters: { name: 'Parameters', value: 200 },
    outputs: { name: 'Outputs', value: 200 },
    mappings: { name: 'Mappings', value: 200 },
    mappingAttributes: { name: 'Mapping attributes', value: 200 },
    resourceNameCharacters: { name: 'Resource name', value: 255, unit: 'characters' },
    parameterNameCharacters: { name: 'Parameter name', value: 255, unit: 'characters' },
    outputNameCharacters: { name: 'Output name', value: 255, unit: 'characters' },
    mappingNameCharacters: {
      name: 'Mapping name and mapping attribute name',
      value: 255,
      unit: 'characters',
    },
    descriptionBytes: { name: 'Template description', value: 1024, unit: 'bytes' },
    parameterValueBytes: { name: 'Parameter value', value: 4096, unit: 'bytes' },
    bodyBytes: { name: 'Template body size in a request', value: 51_200, unit: 'bytes' },
    bodyBytesInS3: {
      name: 'Template body size in an Amazon S3 object',
      value: 1_000_000,
      unit: 'bytes',
    },
    tagsOfStack: { name: 'Tags of a stack', value: 50, source: DECLARED },
    stackNameCharacters: { name: 'Stack name', value: 128, unit: 'characters', source: DECLARED },
    stacks: { name: 'Stacks', value: 2000, unchecked: OUT_OF_REACH },
    nestedStacks: { name: 'Nested stacks', value: 2500, unchecked: 'nested stacks are refused' },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(CLOUDFORMATION_QUOTAS);
