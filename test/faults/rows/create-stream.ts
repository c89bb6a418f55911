import { inKinesisRequest, inRequest } from '../damage';
import type { Fault } from '../fault';
import { rows } from '../request-rows';

/** The templates of CreateStream. */
export const createStreamFaults: readonly Fault[] = rows('CreateStream', [
  [
    'default-count',
    'a stream has 1 shard unless told otherwise',
    ['CreateStreamDefaults'],
    inRequest('CreateStream', '#set($shardCount = 5)', '#set($shardCount = 1)'),
  ],
  [
    'count-ignored',
    'a stream has 5 shards whatever is asked for',
    ['CreateStream'],
    inRequest('CreateStream', '"ShardCount": $shardCount', '"ShardCount": 5'),
  ],
  [
    'mode-lost',
    'StreamMode is left out',
    ['CreateStreamDefaults'],
    inRequest('CreateStream', /#if\(\$mode != ''\)[\s\S]*?#end\n/, ''),
  ],
  [
    'kinesis-count-lost',
    "ShardCount of Kinesis's own JSON is left out",
    ['CreateStreamDefaults'],
    inKinesisRequest('CreateStream', /#if\(\$input\.path\('\$\.ShardCount'\)[\s\S]*?#end\n/, ''),
  ],
]);
