import { wafv2ResourceHandlers } from '../../src/wafv2';
import { awsRequest } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { ALLOW, waf } from './support';

type Request = Parameters<typeof awsRequest>[0];

const seen = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: false,
  MetricName,
});
const AS_IS = [{ Priority: 0, Type: 'NONE' }];
const base64 = (text: string) => Buffer.from(text).toString('base64');

const rule = (statement: object, action: object = { Block: {} }, Priority = 0) => ({
  Name: `rule-${Priority}`,
  Priority,
  Statement: statement,
  Action: action,
  VisibilityConfig: seen(`metric-${Priority}`),
});
const bytes = (field: object, position: string, text: string, TextTransformations = AS_IS) => ({
  ByteMatchStatement: {
    FieldToMatch: field,
    PositionalConstraint: position,
    SearchString: base64(text),
    TextTransformations,
  },
});
const size = (field: object, ComparisonOperator: string, Size: number) => ({
  SizeConstraintStatement: {
    FieldToMatch: field,
    ComparisonOperator,
    Size,
    TextTransformations: AS_IS,
  },
});
const common = (more: object = {}, OverrideAction: object = { None: {} }) => ({
  Name: 'common',
  Priority: 0,
  OverrideAction,
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      ...more,
    },
  },
  VisibilityConfig: seen('common'),
});
const counted = (...names: string[]) => names.map((Name) => ({ Name, ActionToUse: { Count: {} } }));

const AGENT = { headers: { 'user-agent': 'test' } };

/** A web ACL's decision on a request, with these rules. */
async function decisionOn(Rules: object[], request: Request, more: object = {}) {
  const { wafv2, create } = waf();
  const { arn } = await create('front', { Rules, ...more });
  return wafv2.decide(arn, awsRequest({ ...AGENT, ...request }));
}

test.each<[string, object, Request, 'Allow' | 'Block']>([
  ['a path', bytes({ UriPath: {} }, 'EXACTLY', '/dev/x'), { path: '/dev/x' }, 'Block'],
  ['another path', bytes({ UriPath: {} }, 'EXACTLY', '/dev/x'), { path: '/dev/x/y' }, 'Allow'],
  ['the start', bytes({ UriPath: {} }, 'STARTS_WITH', '/dev'), { path: '/dev/x' }, 'Block'],
  ['the end', bytes({ UriPath: {} }, 'ENDS_WITH', '/record'), { path: '/a/record' }, 'Block'],
  [
    'an end that is longer',
    bytes({ UriPath: {} }, 'ENDS_WITH', '/record'),
    { path: '/r' },
    'Allow',
  ],
  ['the middle', bytes({ Body: {} }, 'CONTAINS', 'é'), { body: 'a é b' }, 'Block'],
  ['a method', bytes({ Method: {} }, 'EXACTLY', 'PUT'), { method: 'PUT' }, 'Block'],
  ['a query', bytes({ QueryString: {} }, 'CONTAINS', 'a=1'), { query: 'b=2&a=1' }, 'Block'],
  [
    'a header, in lower case',
    bytes({ SingleHeader: { Name: 'X-Team' } }, 'EXACTLY', 'blue', [
      { Priority: 0, Type: 'LOWERCASE' },
    ]),
    { headers: { 'x-team': 'BLUE' } },
    'Block',
  ],
  ['a size', size({ Body: {} }, 'GT', 3), { body: 'abcd' }, 'Block'],
  ['a size at the limit', size({ Body: {} }, 'GT', 3), { body: 'abc' }, 'Allow'],
  [
    'all of several',
    {
      AndStatement: {
        Statements: [size({ Body: {} }, 'EQ', 1), bytes({ Method: {} }, 'EXACTLY', 'PUT')],
      },
    },
    { body: 'a', method: 'POST' },
    'Allow',
  ],
  [
    'one of several',
    {
      OrStatement: {
        Statements: [size({ Body: {} }, 'EQ', 1), bytes({ Method: {} }, 'EXACTLY', 'PUT')],
      },
    },
    { body: 'a', method: 'POST' },
    'Block',
  ],
  [
    'the opposite',
    { NotStatement: { Statement: size({ Body: {} }, 'LE', 1) } },
    { body: 'ab' },
    'Block',
  ],
])('a statement about %s', async (_, statement, request, expected) => {
  expect(await decisionOn([rule(statement)], request)).toBe(expected);
});

test.each([
  ['CONTINUE', 'KB_16', 'Allow'],
  ['CONTINUE', 'KB_32', 'Block'],
  ['MATCH', 'KB_16', 'Block'],
  ['NO_MATCH', 'KB_16', 'Allow'],
  [undefined, undefined, 'Allow'],
] as const)(
  'a body beyond the limit is handled by %s, with a limit of %s',
  async (handling, limit, expected) => {
    const field = { Body: { ...(handling && { OversizeHandling: handling }) } };
    const config = { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: limit } } };

    const decision = await decisionOn(
      [rule(bytes(field, 'CONTAINS', 'needle'))],
      { body: `${'x'.repeat(20_000)}needle` },
      limit && { AssociationConfig: config },
    );

    expect(decision).toBe(expected);
  },
);

test('the first rule that allows or blocks decides, by priority, and counting ends nothing', async () => {
  const every = size({ Method: {} }, 'GT', 0);
  const decide = (...rules: object[]) => decisionOn(rules, {});

  expect(await decide(rule(every, { Block: {} }, 2), rule(every, { Allow: {} }, 1))).toBe('Allow');
  expect(await decide(rule(every, { Count: {} }, 1), rule(every, { Block: {} }, 2))).toBe('Block');
  expect(await decide(rule(every, { Count: {} }))).toBe('Allow');
});

test.each<[string, Request]>([
  ['NoUserAgent_HEADER', { headers: {} }],
  ['UserAgent_BadBots_HEADER', { headers: { 'user-agent': 'nmap' } }],
  ['SizeRestrictions_QUERYSTRING', { query: 'x'.repeat(2_049) }],
  [
    'SizeRestrictions_Cookie_HEADER',
    { headers: { 'user-agent': 'a', cookie: 'x'.repeat(10_241) } },
  ],
  ['SizeRestrictions_BODY', { body: 'x'.repeat(8_193) }],
  ['SizeRestrictions_URIPATH', { path: `/${'x'.repeat(1_024)}` }],
  ['EC2MetaDataSSRF_BODY', { body: '169.254.169.254/latest' }],
  ['GenericLFI_QUERYARGUMENTS', { query: 'f=..%2F..%2Fetc' }],
  ['RestrictedExtensions_URIPATH', { path: '/dev/a.ini' }],
  ['GenericRFI_BODY', { body: '{"a":"http://203.0.113.7/x"}' }],
  ['CrossSiteScripting_BODY', { body: '{"a":"<script>alert(1)</script>"}' }],
])('the core rule set blocks by %s, unless it counts', async (name, request) => {
  expect(await decisionOn([common()], request)).toBe('Block');
  expect(await decisionOn([common({ RuleActionOverrides: counted(name) })], request)).toBe('Allow');
  expect(await decisionOn([common({}, { Count: {} })], request)).toBe('Allow');
});

test('the core rule set lets through what its rules do not look for, at the limits', async () => {
  const most = { query: 'x'.repeat(2_048), path: `/${'x'.repeat(1_023)}`, body: 'x'.repeat(8_192) };
  expect(await decisionOn([common()], most)).toBe('Allow');
});

test('a managed group looks at what its scope-down statement matches, and nothing else', async () => {
  const large = { body: 'x'.repeat(8_193) };
  const scoped = common({ ScopeDownStatement: bytes({ Method: {} }, 'EXACTLY', 'POST') });

  expect(await decisionOn([scoped], { ...large, method: 'POST' })).toBe('Block');
  expect(await decisionOn([scoped], { ...large, method: 'PUT' })).toBe('Allow');
});

test('what a managed group counts, later rules know by its label', async () => {
  const labelled = (Scope: string, Key: string) =>
    rule({ LabelMatchStatement: { Scope, Key } }, { Block: {} }, 1);
  const counting = common({ RuleActionOverrides: counted('SizeRestrictions_BODY') });
  const large = { body: 'x'.repeat(8_193) };
  const label = 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body';

  expect(await decisionOn([counting, labelled('LABEL', label)], large)).toBe('Block');
  expect(await decisionOn([counting, labelled('LABEL', `${label}x`)], large)).toBe('Allow');
  const namespace = labelled('NAMESPACE', 'awswaf:managed:aws:core-rule-set:');
  expect(await decisionOn([counting, namespace], large)).toBe('Block');
});

test('blocked requests are sampled, by the metric of the rule that blocked them', async () => {
  const { wafv2, create, call } = waf();
  const { arn, key } = await create('front', { Rules: [common()] });
  const sampled = async (RuleMetricName: string, from = -60, to = 60) => {
    const seconds = Date.now() / 1_000;
    const { SampledRequests } = await call('GetSampledRequests', {
      WebAclArn: arn,
      RuleMetricName,
      Scope: 'REGIONAL',
      TimeWindow: { StartTime: seconds + from, EndTime: seconds + to },
      MaxItems: 10,
    });
    return SampledRequests;
  };

  wafv2.decide(arn, awsRequest({ ...AGENT, path: '/dev/a', body: 'x'.repeat(9_000) }));
  wafv2.decide(arn, awsRequest({ ...AGENT, path: '/dev/b' }));

  expect(await sampled('common')).toEqual([
    expect.objectContaining({
      Action: 'BLOCK',
      RuleNameWithinRuleGroup: 'AWS#AWSManagedRulesCommonRuleSet#SizeRestrictions_BODY',
      Request: expect.objectContaining({ URI: '/dev/a', Method: 'POST' }),
    }),
  ]);
  expect(await sampled('common', -60, -30)).toEqual([]);
  expect(await sampled('Default_Action')).toEqual([]);
  expect(await call('GetWebACL', key)).toMatchObject({ WebACL: { Capacity: 700, Rules: [{}] } });
});

test('templates have the bytes to search as text', async () => {
  const { wafv2 } = waf();
  const handler = handlerFor(wafv2ResourceHandlers(wafv2), 'AWS::WAFv2::WebACL');
  const plain = bytes({ UriPath: {} }, 'EXACTLY', '/a');
  plain.ByteMatchStatement.SearchString = '/a';

  const { attributes = {} } = await handler.create(resourceContext(), {
    ...ALLOW,
    Scope: 'REGIONAL',
    Rules: [rule(plain)],
  });

  expect(wafv2.decide(String(attributes.Arn), awsRequest({ path: '/a' }))).toBe('Block');
  expect(attributes.Capacity).toBe(2);
});

test.each<[object, string]>([
  [rule({ IPSetReferenceStatement: {} }), "IPSetReferenceStatement (rule 'rule-0')"],
  [rule({ NotStatement: { Statement: { GeoMatchStatement: {} } } }), 'GeoMatchStatement'],
  [rule(bytes({ JsonBody: {} }, 'EXACTLY', 'x')), 'the component JsonBody'],
  [rule(bytes({ Body: {} }, 'EXACTLY', 'x', [{ Priority: 0, Type: 'HEX_DECODE' }])), 'HEX_DECODE'],
  [rule(bytes({ Body: {} }, 'CONTAINS_WORD', 'x')), 'CONTAINS_WORD'],
  [rule(size({ Body: {} }, 'GT', 1), { Captcha: {} }), 'Captcha'],
  [rule(size({ Body: {} }, 'GT', 1), { Block: { CustomResponse: {} } }), 'CustomResponse'],
  [{ ...rule(size({ Body: {} }, 'GT', 1)), RuleLabels: [] }, 'RuleLabels'],
  [
    common({ Name: 'AWSManagedRulesSQLiRuleSet' }),
    'the managed rule group AWSManagedRulesSQLiRuleSet of AWS',
  ],
  [common({ Version: 'Version_1.0' }), 'Version of a managed rule group'],
  [
    common({ RuleActionOverrides: [{ Name: 'NoUserAgent_HEADER', ActionToUse: { Allow: {} } }] }),
    'Allow',
  ],
])('%j is refused by name', async (given, name) => {
  await expect(waf().create('front', { Rules: [given] })).rejects.toMatchObject({
    __type: 'NotImplemented',
    message: expect.stringContaining(name),
  });
});

test.each<[string, object[]]>([
  [
    'two rules of one priority',
    [rule(size({ Body: {} }, 'GT', 1)), rule(size({ Body: {} }, 'GT', 2))],
  ],
  ['a rule without an action', [{ ...rule(size({ Body: {} }, 'GT', 1)), Action: {} }]],
  ['an override of no rule', [common({ RuleActionOverrides: counted('Nothing_BODY') })]],
])('%s is refused', async (_, Rules) => {
  await expect(waf().create('front', { Rules })).rejects.toMatchObject({
    __type: 'WAFInvalidParameterException',
  });
});
