import { testEvidence } from './evidence-tables';

testEvidence('api-gateway.md');
