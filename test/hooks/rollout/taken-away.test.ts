import { resourceType } from 'embedded-aws/resource-types';
import type { CompiledTemplate } from '../../../hooks/framework';
import { IDENTITY, takenAway } from '../../../hooks/rollout/taken-away';
import { DEPLOYED_TYPES } from '../../../hooks/template/deployment';
import {
  changed,
  deployed,
  KAFKA,
  packaged,
  WEB_ACL,
  withProperties,
} from '../../support/packaged-stack';

test('the properties that make a resource anew are those that CloudFormation has', () => {
  for (const [type, identity] of Object.entries(IDENTITY)) {
    const properties = Object.entries(resourceType(type)?.properties ?? {});
    const replacing = properties.filter(([, { replacement }]) => replacement === 'yes');
    expect([type, replacing.map(([name]) => name).sort()]).toEqual([type, [...identity].sort()]);
    expect(type).toMatch(DEPLOYED_TYPES);
  }
});

describe('what an update takes away', () => {
  test.each<[string, CompiledTemplate, CompiledTemplate, string[]]>([
    ['nothing', packaged(), packaged(), []],
    ['nothing where something comes', packaged(), packaged(KAFKA), []],
    ['nothing where it changes in place', packaged(), packaged({ authorization: 'NONE' }), []],
    [
      'methods',
      packaged(),
      packaged({ manageStreams: 'false' }),
      ['CreateStreamMethod', 'DeleteStreamMethod'],
    ],
    ['paths and methods', packaged(KAFKA), packaged(), ['ProxyResource', 'KafkaRestMethod']],
    [
      'the resource policy',
      packaged({ vpcEndpoints: 'vpce-0123456789abcdef0' }),
      packaged(),
      ['RestApi'],
    ],
    [
      'what gets another verb',
      packaged(),
      changed((resources) => {
        resources.PutRecordMethod = withProperties(resources.PutRecordMethod, {
          HttpMethod: 'POST',
        });
      }),
      ['PutRecordMethod'],
    ],
    [
      'what gets another name',
      packaged(),
      changed((resources) => {
        resources.PutRecordModel = withProperties(resources.PutRecordModel, { Name: 'Other' });
      }),
      ['PutRecordModel'],
    ],
    [
      'what is another gateway response',
      packaged(),
      changed((resources) => {
        delete resources.ThrottledResponse;
      }),
      ['ThrottledResponse'],
    ],
  ])('%s', (_, before, after, taken) => {
    expect(takenAway(deployed(before), after)).toEqual(taken);
  });

  test('what is not of the API goes without a second update', () => {
    const before = packaged({ alarmTopicArn: '', webAclArn: WEB_ACL, authorization: 'API_KEY' });
    expect(takenAway(deployed(before), packaged())).toEqual([]);
  });

  test('what a failed update left in the stack is taken away too', () => {
    expect(takenAway(deployed(packaged(), ['LeftMethod']), packaged())).toEqual(['LeftMethod']);
  });
});
