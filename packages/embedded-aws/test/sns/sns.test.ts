import { AwsError } from '../../src/core/errors';
import type { Properties } from '../../src/core/resource-handler';
import { createSns, snsResourceHandlers } from '../../src/sns';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { send } from '../support/send';

const ARN = 'arn:aws:sns:us-east-1:000000000000:alerts';

function setUp() {
  const sns = createSns();
  const all = snsResourceHandlers(sns);
  const ask = (parameters: Record<string, string>) =>
    send(sns, { body: new URLSearchParams(parameters).toString() });
  return {
    sns,
    ask,
    store: sns.store(testCaller),
    handler: (type: string) => handlerFor(all, type),
  };
}

describe('topics', () => {
  test('are made, described and deleted', async () => {
    const { ask } = setUp();

    const made = await ask({
      Action: 'CreateTopic',
      Name: 'alerts',
      'Attributes.entry.1.key': 'DisplayName',
      'Attributes.entry.1.value': 'Alerts & more',
    });
    const attributes = await ask({ Action: 'GetTopicAttributes', TopicArn: ARN });
    await ask({ Action: 'DeleteTopic', TopicArn: ARN });
    const list = await ask({ Action: 'ListTopics' });

    expect(made.text).toContain(`<TopicArn>${ARN}</TopicArn>`);
    expect(attributes.text).toContain(
      '<entry><key>DisplayName</key><value>Alerts &amp; more</value></entry>',
    );
    expect(list.text).toContain('<Topics></Topics>');
  });

  // L, test_create_topic_test_arn, 29-09-2025
  test('have a policy for their owner and a delivery policy unless they were given one', async () => {
    const { ask } = setUp();
    await ask({ Action: 'CreateTopic', Name: 'alerts' });

    const { text } = await ask({ Action: 'GetTopicAttributes', TopicArn: ARN });

    expect(text).toContain('<key>Policy</key><value>{&quot;Version&quot;:&quot;2008-10-17&quot;');
    expect(text).toContain('&quot;AWS:SourceOwner&quot;:&quot;000000000000&quot;');
    expect(text).toContain('<key>EffectiveDeliveryPolicy</key>');
  });

  test('take messages for subscribers that have not confirmed, who get none', async () => {
    const { ask } = setUp();
    await ask({ Action: 'CreateTopic', Name: 'alerts' });

    const subscribed = await ask({
      Action: 'Subscribe',
      TopicArn: ARN,
      Protocol: 'email',
      Endpoint: 'a@example.com',
    });
    const listed = await ask({ Action: 'ListSubscriptionsByTopic', TopicArn: ARN });
    const published = await ask({ Action: 'Publish', TopicArn: ARN, Message: 'hi' });

    expect(subscribed.text).toContain('<SubscriptionArn>pending confirmation</SubscriptionArn>');
    expect(listed.text).toContain('<SubscriptionArn>PendingConfirmation</SubscriptionArn>');
    expect(published.text).toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/);
  });

  test.each([
    [{ Action: 'Subscribe', TopicArn: ARN, Protocol: 'sqs', Endpoint: 'x' }, 'protocol sqs'],
    [{ Action: 'Subscribe', TopicArn: ARN, Protocol: 'email', Endpoint: 'x' }, 'InvalidParameter'],
    [{ Action: 'CreateTopic', Name: 'a b' }, 'Topic Name'],
    [{ Action: 'CreateTopic', Name: 'a.fifo' }, 'FIFO topics'],
    [{ Action: 'Publish', TopicArn: `${ARN}2`, Message: 'x' }, 'Topic does not exist'],
    // L, test_publish_wrong_arn_format, 11-03-2024
    [
      { Action: 'Publish', TopicArn: 'arn:aws', Message: 'x' },
      'TopicArn Reason: An ARN must have at least 6 elements, not 2',
    ],
    [{ Action: 'SetTopicAttributes', TopicArn: ARN }, 'sns:SetTopicAttributes'],
  ])('refuse %j', async (parameters, message) => {
    const { ask } = setUp();
    await ask({ Action: 'CreateTopic', Name: 'alerts' });

    const { status, text } = await ask(parameters);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(message);
  });
});

describe('publishing for another service', () => {
  test('needs the rights of its caller, and a topic', () => {
    const { sns, store } = setUp();
    store.create('alerts', '');
    const asked: string[] = [];
    const role = {
      ...testCaller,
      authorize: (action: string, resource: string) => {
        asked.push(`${action} ${resource}`);
        if (!resource.endsWith(':alerts')) throw new AwsError('AccessDeniedException', 'no');
      },
    };

    sns.publish(role, ARN, 'gave up');

    expect(asked).toEqual([`sns:Publish ${ARN}`]);
    expect(() => sns.publish(role, `${ARN}s`, 'gave up')).toThrow('no');
    expect(() => sns.publish(testCaller, `${ARN}s`, 'gave up')).toThrow('Topic does not exist');
    expect(() => sns.publish(testCaller, ARN, 'x'.repeat(262_145))).toThrow('Message too long');
  });
});

describe('resource handlers', () => {
  test('AWS::SNS::Topic has its subscriptions, and follows their changes', async () => {
    const { store, handler } = setUp();
    const topics = handler('AWS::SNS::Topic');
    const given = (...endpoints: string[]): Properties => ({
      TopicName: 'alerts',
      Subscription: endpoints.map((Endpoint) => ({ Protocol: 'email', Endpoint })),
    });
    const state = await topics.create(resourceContext(), given('a@x.org', 'b@x.org'));

    await topics.update(
      resourceContext(),
      ARN,
      given('b@x.org', 'c@x.org'),
      given('a@x.org', 'b@x.org'),
    );
    const endpoints = [...store.get(ARN).subscriptions.values()].map(({ endpoint }) => endpoint);
    await topics.delete(resourceContext(), ARN, given());

    expect(state).toEqual({
      physicalId: ARN,
      attributes: { TopicArn: ARN, TopicName: 'alerts' },
    });
    expect(endpoints).toEqual(['b@x.org', 'c@x.org']);
    expect(store.topics.size).toBe(0);
  });

  test('AWS::SNS::Topic with a key of KMS is refused by name', () => {
    const { handler } = setUp();

    expect(() =>
      handler('AWS::SNS::Topic').create(resourceContext(), { KmsMasterKeyId: 'k' }),
    ).toThrow('KmsMasterKeyId of AWS::SNS::Topic');
  });

  test('AWS::SNS::Topic that failed to subscribe leaves nothing', () => {
    const { store, handler } = setUp();
    const Subscription = [{ Protocol: 'lambda', Endpoint: 'arn' }];

    expect(() => handler('AWS::SNS::Topic').create(resourceContext(), { Subscription })).toThrow(
      'protocol lambda',
    );
    expect(store.topics.size).toBe(0);
  });

  test('AWS::SNS::Subscription is made and ended', async () => {
    const { store, handler } = setUp();
    const { subscriptions } = store.create('alerts', '');
    const subscription = handler('AWS::SNS::Subscription');

    const { physicalId } = await subscription.create(resourceContext(), {
      TopicArn: ARN,
      Protocol: 'https',
      Endpoint: 'https://example.com',
    });
    expect([...subscriptions.keys()]).toEqual([physicalId]);
    await subscription.delete(resourceContext(), physicalId, {});

    expect(subscriptions.size).toBe(0);
  });

  test('AWS::SNS::TopicPolicy decides who may publish', async () => {
    const { ask, store, handler } = setUp();
    store.create('alerts', '');
    const policy = handler('AWS::SNS::TopicPolicy');
    const given = {
      Topics: [ARN],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: ARN }],
      },
    };
    const publish = () => ask({ Action: 'Publish', TopicArn: ARN, Message: 'x' });

    const { physicalId } = await policy.create(resourceContext(), given);
    const denied = await publish();
    await policy.delete(resourceContext(), physicalId, given);
    const allowed = await publish();

    expect(denied.status).toBe(403);
    expect(denied.text).toContain('AuthorizationError');
    expect(allowed.status).toBe(200);
  });
});
