import type { Inspection, Matcher } from './inspection';

/** The core rule set: the one managed group here. */
export const CORE_RULE_SET = 'AWSManagedRulesCommonRuleSet';
export const CORE_RULE_SET_CAPACITY = 700;

/** A rule of the group. */
interface ManagedRule {
  readonly name: string;
  /** Without its namespace. */
  readonly label: string;
  readonly matches: Matcher;
}

const COMPONENTS = {
  QUERYARGUMENTS: {
    label: 'QueryArguments',
    read: ({ request }: Inspection) => decoded(request.query),
  },
  QUERYSTRING: { label: 'QueryString', read: ({ request }: Inspection) => request.query },
  URIPATH: { label: 'URIPath', read: ({ request }: Inspection) => decoded(request.path) },
  BODY: {
    label: 'Body',
    read: ({ request, bodyLimit }: Inspection) =>
      request.body.subarray(0, bodyLimit).toString('latin1'),
  },
  COOKIE: { label: 'Cookie', read: ({ request }: Inspection) => request.headers.cookie ?? '' },
  HEADER: {
    label: 'Header',
    read: ({ request }: Inspection) => request.headers['user-agent'] ?? '',
  },
} as const;

type Component = keyof typeof COMPONENTS;

/** A family of rules that look for the same in several components. */
function family(
  name: string,
  components: readonly Component[],
  matches: (text: string) => boolean,
): ManagedRule[] {
  return components.map((component) => {
    const { label, read } = COMPONENTS[component];
    const labelled = `${name}_${label}`;
    return {
      name: `${name}_${component}`,
      label: labelled,
      matches: (inspection) => matches(read(inspection)),
    };
  });
}

const longerThan = (most: number) => (text: string) => text.length > most;

/**
 * The rules in AWS's order. Sizes are documented. Of what the others look for AWS publishes examples only,
 * and no more is matched here: what passes here may be blocked on AWS.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const RULES: readonly ManagedRule[] = [
  ...family('NoUserAgent', ['HEADER'], (text) => text === ''),
  ...family('UserAgent_BadBots', ['HEADER'], (text) => /nessus|nmap/i.test(text)).map((rule) => ({
    ...rule,
    label: 'BadBots_Header',
  })),
  ...family('SizeRestrictions', ['QUERYSTRING'], longerThan(2_048)),
  {
    name: 'SizeRestrictions_Cookie_HEADER',
    label: 'SizeRestrictions_Cookie_Header',
    matches: ({ request }) => (request.headers.cookie ?? '').length > 10_240,
  },
  ...family('SizeRestrictions', ['BODY'], longerThan(8_192)),
  ...family('SizeRestrictions', ['URIPATH'], longerThan(1_024)),
  ...family('EC2MetaDataSSRF', ['BODY', 'COOKIE', 'URIPATH', 'QUERYARGUMENTS'], (text) =>
    text.includes('169.254.169.254'),
  ),
  ...family('GenericLFI', ['QUERYARGUMENTS', 'URIPATH', 'BODY'], (text) => text.includes('../../')),
  ...family('RestrictedExtensions', ['URIPATH', 'QUERYARGUMENTS'], (text) =>
    /\.(log|ini)$/.test(text),
  ),
  ...family('GenericRFI', ['QUERYARGUMENTS', 'BODY', 'URIPATH'], (text) =>
    /\b(https?|ftps?|file):\/\/\d+\.\d+\.\d+\.\d+/.test(text),
  ),
  ...family('CrossSiteScripting', ['COOKIE', 'QUERYARGUMENTS', 'BODY', 'URIPATH'], (text) =>
    /<script\b/i.test(text),
  ),
];

export const coreRuleNames: readonly string[] = RULES.map(({ name }) => name);

/**
 * Puts a request through the group, and labels it for the rules after it.
 * @param counted names of rules whose action is Count
 * @returns the rule that blocks it, if any
 */
export function askCoreRuleSet(
  inspection: Inspection,
  counted: ReadonlySet<string>,
): string | undefined {
  for (const { name, label, matches } of RULES) {
    if (!matches(inspection)) continue;
    inspection.labels.add(`awswaf:managed:aws:core-rule-set:${label}`);
    if (!counted.has(name)) return name;
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
