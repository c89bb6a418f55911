import { structure } from '../../core/shapes/shape';
import { ownAccount } from '../engine';
import { operation } from '../operation';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeLimits.html */
export const describeLimits = operation('DescribeLimits', structure({}), (_request, call) => {
  call.caller.authorize('kinesis:DescribeLimits', '*');
  const account = ownAccount(call);
  const { shardLimit, onDemandStreamLimit } = call.engine.options;
  return {
    ShardLimit: shardLimit,
    OpenShardCount: account.openShardCount(call.now),
    OnDemandStreamCount: account.list(call.now).filter(({ mode }) => mode === 'ON_DEMAND').length,
    OnDemandStreamCountLimit: onDemandStreamLimit,
  };
});
