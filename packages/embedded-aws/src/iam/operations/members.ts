import { text } from '../../core/shapes/shape';

/** Members that several requests share (botocore, iam/2010-05-08/service-2.json). */
export const name = { type: 'String', min: 1 } as const;

export const arn = { type: 'String', min: 1 } as const;

export const document = { type: 'String', min: 1 } as const;

export const LARGEST_PAGE = 1000;

/** Paging of IAM's lists. */
export const paged = {
  Marker: text,
  MaxItems: { type: 'Integer', min: 1, max: LARGEST_PAGE },
} as const;

export const underPathPrefix = { PathPrefix: text } as const;
