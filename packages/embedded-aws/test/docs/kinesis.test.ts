import { testEvidence } from './evidence-tables';

testEvidence('kinesis.md');
