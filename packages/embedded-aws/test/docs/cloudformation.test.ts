import { testEvidence } from './evidence-tables';

testEvidence('cloudformation.md');
