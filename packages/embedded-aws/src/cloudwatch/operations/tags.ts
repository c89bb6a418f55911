import { AwsError } from '../../core/errors';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { tagAnswer } from '../../core/tags';
import type { CloudWatchStores } from '../store';

export const tagOperations = {
  ListTagsForResource: operationFor<CloudWatchStores>()({
    input: { ResourceARN: required(text) },
    run({ ResourceARN: arn }, { store: { alarms, dashboards } }) {
      const all = [...alarms.alarms.values(), ...dashboards.dashboards.values()];
      const tagged = all.find((candidate) => candidate.arn === arn);
      if (tagged === undefined) {
        throw new AwsError('ResourceNotFoundException', `${arn} does not exist`, { status: 404 });
      }
      return { Tags: tagAnswer(tagged.tags) };
    },
  }),
};
