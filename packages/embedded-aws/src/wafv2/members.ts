import { list, required, structure, text } from '../core/shapes/shape';

/** The members that requests share (botocore, wafv2/2019-07-29/service-2.json). */
export const webAclName = { type: 'String', min: 1, max: 128, pattern: '^[\\w\\-]+$' } as const;

export const scope = { type: 'String', values: ['CLOUDFRONT', 'REGIONAL'] } as const;

const flag = { type: 'Boolean', required: true } as const;

/** The settings that CreateWebACL, UpdateWebACL and `AWS::WAFv2::WebACL` have in common. */
export const webAclSettings = {
  DefaultAction: { type: 'Document', required: true },
  Description: text,
  Rules: list({ type: 'Document' }),
  AssociationConfig: { type: 'Document' },
  VisibilityConfig: required(
    structure({
      SampledRequestsEnabled: flag,
      CloudWatchMetricsEnabled: flag,
      MetricName: required(text),
    }),
  ),
} as const;
