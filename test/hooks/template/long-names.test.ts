import { throwAwayName } from '../../../hooks/stage/throw-away-name';
import { shortenNames } from '../../../hooks/template/long-names';
import { throwAwayPrefix } from '../../../resources/throw-away-streams';

const ARN = 'arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/';

const roleOf = (pattern: string) => ({
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { Resource: [{ 'Fn::Sub': `${ARN}${pattern}` }] } },
  },
});

const wholePattern = (service: string, stage: string) => `${throwAwayPrefix(service, stage)}*`;

test('names of the usual length stay as they are', () => {
  const template = roleOf(wholePattern('door', 'dev'));

  expect(shortenNames(template, { service: 'door', stage: 'dev' })).toBe(template);
});

test.each([
  ['x'.repeat(90), 'dev'],
  ['x'.repeat(60), 'y'.repeat(64)],
])('a role names the streams of service %s and stage %s as they are called', (service, stage) => {
  const owner = { service, stage };

  const shortened = shortenNames(roleOf(wholePattern(service, stage)), owner);

  const [, pattern = ''] = /:stream\/(.*?)\*"/.exec(JSON.stringify(shortened)) ?? [];
  expect(throwAwayName(owner).startsWith(pattern)).toBe(true);
  expect(pattern.length).toBeGreaterThan('verify-'.length + 80);
});
