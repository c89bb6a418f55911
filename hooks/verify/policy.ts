/** A statement of an IAM policy, as far as one is read here. */
interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: object;
}

export interface PolicyDocument {
  readonly Statement?: Statement | readonly Statement[];
}

/**
 * How a policy decides: an explicit denial wins over all, and what nothing allows is denied. `perhaps`
 * where the values of a condition decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export type Decision = 'allowed' | 'denied' | 'perhaps';

/** The verdict of all policies together on an action on a resource. */
export function decision(
  policies: readonly PolicyDocument[],
  action: string,
  arn: string,
): Decision {
  const about = policies
    .flatMap(({ Statement: statements = [] }) => statements)
    .filter((statement) => isAbout(statement, action, arn));
  const says = (effect: string, isConditional: boolean) =>
    about.some(
      ({ Effect, Condition }) => Effect === effect && (Condition !== undefined) === isConditional,
    );
  if (says('Deny', false)) return 'denied';
  const isAllowed = says('Allow', false);
  if (!isAllowed && !says('Allow', true)) return 'denied';
  return isAllowed && !says('Deny', true) ? 'allowed' : 'perhaps';
}

function isAbout(
  { Action, NotAction, Resource, NotResource }: Statement,
  action: string,
  arn: string,
): boolean {
  // Names of actions are the same in any case, ARNs are not.
  const isOfAction = isAny(Action, action, 'i');
  const isOfResource = isAny(Resource, arn);
  return (
    (Action === undefined ? !isAny(NotAction, action, 'i') : isOfAction) &&
    (Resource === undefined ? !isAny(NotResource, arn) : isOfResource)
  );
}

/** True if a name matches one of the patterns, in which `*` is any text and `?` any character. */
const isAny = (patterns: string | readonly string[] | undefined, name: string, flags = '') =>
  [patterns ?? []].flat().some((pattern) => {
    const escaped = pattern.replaceAll(/[$()+.[\\\]^{|}]/g, '\\$&');
    const text = escaped.replaceAll('*', '.*').replaceAll('?', '.');
    return new RegExp(`^${text}$`, `s${flags}`).test(name);
  });
