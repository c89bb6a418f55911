// API Gateway answers with a resource policy as it keeps it: escaped once more, and with the API's
// whole ARN where the template has a short form.

/** @returns undefined without a policy; text that cannot be parsed is returned unchanged */
export function livePolicy(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  return parsed(text) ?? parsed(String(parsed(`"${text}"`))) ?? text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ARN = /^arn:[^:]+:execute-api:[^:]*:[^:]*:[^/]+\//;

/** The policy with short forms only: of ARNs, of everybody, and of lists of one. */
export function shortPolicy(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ARN, 'execute-api:/');
  if (Array.isArray(value)) {
    return value.length === 1 ? shortPolicy(value[0]) : value.map(shortPolicy);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'AWS' && first[1] === '*') return '*';
  return Object.fromEntries(entries.map(([name, item]) => [name, shortPolicy(item)]));
}
