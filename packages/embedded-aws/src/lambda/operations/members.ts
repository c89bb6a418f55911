import { required, text } from '../../core/shapes/shape';
import type { FunctionStore } from '../store';

export const FUNCTIONS = '/2015-03-31/functions';

/** A name, a name with a qualifier, or the ARN of either. */
export const onFunction = { FunctionName: required(text) } as const;

/** `$LATEST` or a version of a function. */
export const onVersion = { ...onFunction, Qualifier: text } as const;

/** A function's ARN in policies, without a qualifier. */
export const functionArn = (input: { readonly FunctionName: string }, store: FunctionStore) =>
  store.arnOf(store.parse(input.FunctionName).name);

/** Tags as Lambda takes them: an object of texts. */
export const tagsMember = { type: 'Map', key: text, value: text } as const;
