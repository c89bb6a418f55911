import { evaluate, render } from '../rendering';

const context = {
  stage: 'dev',
  requestTimeEpoch: 1_700_000_000_000,
  ratio: 0.5,
  ok: true,
  identity: { sourceIp: '1.2.3.4', user: undefined },
  authorizer: { claims: { sub: 'me' }, scopes: ['a', 'b'] },
  nothing: null,
};

describe('$context', () => {
  it.each([
    ['$context.stage', 'dev'],
    ['$context.requestTimeEpoch', '1700000000000'],
    ['$context.ratio $context.ok', '0.5 true'],
    ['$context.identity.sourceIp', '1.2.3.4'],
    ['[$context.identity.user][$context.nothing][$context.nope.x]', '[][][]'],
    ['$context.authorizer.claims', ''],
    ["$context.authorizer.claims['sub']", 'me'],
    ["$context.authorizer.claims.get('sub')", 'me'],
    ['$context.authorizer.scopes', '["a","b"]'],
    ['#foreach($k in $context.identity.keySet())$k;#end', 'sourceIp;'],
    ['[$context][$context.get("stage")][$context.requestOverride.get("path")]', '[][][]'],
    ['#set($context.stage = "x")$context.stage', 'dev'],
  ])('%s', (template, expected) => {
    expect(render(template, { context })).toBe(expected);
  });
});

describe('overrides', () => {
  it('returns the overrides of a template', () => {
    const template = `
      #set($context.requestOverride.header.X-Amz-Target = "Service.Action")
      #set($context.requestOverride.querystring.q = 5)
      #set($context.requestOverride.path["a-b"] = "p")
      #set($context.responseOverride.status = 404)
      #set($context.responseOverride.header.hkey = ["a"])`;

    expect(evaluate(template)).toMatchObject({
      requestOverride: {
        header: { 'X-Amz-Target': 'Service.Action' },
        querystring: { q: '5' },
        path: { 'a-b': 'p' },
      },
      responseOverride: { status: 404, header: { hkey: '[a]' } },
    });
  });

  it('contains and keeps the overrides of earlier templates', () => {
    const first = evaluate(
      '#set($context.requestOverride.header.a = "1")#set($context.responseOverride.status = "202")',
    );
    const second = evaluate('$context.requestOverride.header.a $context.responseOverride.status', {
      context: { requestOverride: first.requestOverride, responseOverride: first.responseOverride },
    });

    expect(second.text).toBe('1 202');
    expect(second.requestOverride).toEqual(first.requestOverride);
    expect(second.responseOverride).toEqual(first.responseOverride);
  });

  it('keeps the overrides of earlier templates where a template touches none', () => {
    const first = evaluate(
      '#set($context.requestOverride.path.a = "1")#set($context.responseOverride.own = "2")',
    );
    const second = evaluate('x', {
      context: { requestOverride: first.requestOverride, responseOverride: first.responseOverride },
    });
    const third = evaluate('#set($context.requestOverride.path.b = "3")', {
      context: {
        requestOverride: second.requestOverride,
        responseOverride: second.responseOverride,
      },
    });

    expect(second.requestOverride).toEqual(first.requestOverride);
    expect(second.responseOverride).toEqual(first.responseOverride);
    expect(third.requestOverride).toMatchObject({ path: { a: '1', b: '3' } });
    expect(third.responseOverride).toMatchObject({ own: '2' });
    expect(first.requestOverride.path).toEqual({ a: '1' });
  });

  it('keeps a member of any name', () => {
    const first = evaluate('#set($context.requestOverride["__proto__"] = {"a": 1})');
    const second = evaluate('x', { context: { requestOverride: first.requestOverride } });
    const context = { requestOverride: second.requestOverride };

    expect(second.requestOverride).toBe(first.requestOverride);
    expect(evaluate('$context.requestOverride["__proto__"]', { context }).text).toBe('{a=1}');
  });

  it('makes texts of overrides that no template left', () => {
    const context = { requestOverride: { header: { a: 1 } } };

    expect(evaluate('x', { context }).requestOverride.header).toEqual({ a: '1' });
  });

  it.each(['"abc"', '99', '600', '2.5', '""', '{}'])('ignores the status %s', (status) => {
    expect(
      evaluate(`#set($context.responseOverride.status = ${status})`).responseOverride.status,
    ).toBeUndefined();
  });

  it('is empty without overrides', () => {
    expect(evaluate('x')).toMatchObject({
      requestOverride: { header: {}, querystring: {}, path: {} },
      responseOverride: { header: {}, status: undefined },
    });
  });

  it('treats names of the prototype as plain names', () => {
    const { requestOverride } = evaluate(
      '#set($context.requestOverride.header["__proto__"] = "x")',
    );

    expect(Object.entries(requestOverride.header)).toEqual([['__proto__', 'x']]);
    expect({}).not.toHaveProperty('x');
  });

  it('ignores a text in place of the headers', () => {
    const { requestOverride } = evaluate('#set($context.requestOverride.header = "x")');

    expect(requestOverride).toEqual({ header: {}, querystring: {}, path: {} });
  });

  it.each(['requestOverride', 'responseOverride'] as const)(
    'members of its own in %s reach the next template, whatever their type',
    (override) => {
      const first = evaluate(
        [
          `#set($context.${override}.reason = "too 'many'")`,
          `#set($context.${override}["count"] = 501)`,
          `#set($context.${override}.names = ["a", "b"])`,
          `#set($context.${override}.map = {"k": {"deep": true}})`,
          `#set($context.${override}["__proto__"] = "p")`,
        ].join(''),
      );
      const second = evaluate(
        `$context.${override}.reason $context.${override}["count"] $context.${override}.names[1] $context.${override}.map.k.deep $context.${override}["__proto__"] [$context.${override}.none] #set($n = $context.${override}.count + 1)$n`,
        { context: { [override]: first[override] } },
      );

      expect(second.text).toBe("too 'many' 501 b true p [] 502");
      expect(first[override].header).toEqual({});
    },
  );

  it('is found by index', () => {
    expect(
      evaluate(
        '#set($context["requestOverride"].querystring["a b"] = "1")$context["requestOverride"]["querystring"]["a b"] [$context["nope"]]',
      ),
    ).toMatchObject({ text: '1 []', requestOverride: { querystring: { 'a b': '1' } } });
  });

  it.each([
    '#set($context.requestOverride.header.X-A = "1")',
    '#set(${context.requestOverride.header.X-A} = "1")',
    '#set($context.requestOverride.header["X-A"] = "1")',
    '#set($context.requestOverride["header"]["X-A"] = "1")',
    '#set($context["requestOverride"]["header"].X-A = 1)',
    '#set($name = "X-A")#set($context.requestOverride.header[$name] = "1")',
    '#set($header = $context.requestOverride.header)#set($header["X-A"] = "1")',
    '#set($override = $context["requestOverride"])#set($override.header.X-A = "1")',
    '#set($context.requestOverride.header = {"X-A": "1"})',
    '#set($map = {})#set($context.requestOverride.header = $map)#set($map.X-A = 1)',
    '#if($context.requestOverride.header.put("X-A", "1"))#end',
    '#if($context.requestOverride.header.putAll({"X-A": "1"}))#end',
    '#foreach($n in ["X-A"])#set($context.requestOverride.header[$n] = $foreach.count)#end',
  ])('is set by %s', (template) => {
    const { text, requestOverride } = evaluate(template);

    expect({ text, header: { ...requestOverride.header } }).toEqual({
      text: '',
      header: { 'X-A': '1' },
    });
  });

  it('accepts a whole map', () => {
    const { requestOverride } = evaluate('#set($context.requestOverride.header = {"a": 1})');

    expect({ ...requestOverride.header }).toEqual({ a: '1' });
  });
});

describe('$stageVariables', () => {
  it('is a map of strings', () => {
    const stageVariables = { name: 'value', 'a-b': 'dashed' };
    const template =
      '$stageVariables.name ${stageVariables.a-b} $stageVariables.get("a-b") $stageVariables.size() [$stageVariables.x]';

    expect(render(template, { stageVariables })).toBe('value dashed dashed 2 []');
  });
});
