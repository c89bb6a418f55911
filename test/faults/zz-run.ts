import { checksOf } from '../../hooks/verify/checks';
import { deployStage } from './stage';
import { verifyStage } from './verify-fault';
async function main() {
  const stage = await deployStage();
  const all = checksOf(stage.target.streams);
  const names = process.argv[2]!.split(',');
  const some = Object.fromEntries(Object.entries(all).filter(([n]) => names.includes(n)));
  for (let i = 0; i < 60; i += 1) { const r = await verifyStage(stage, { checks: some }); if (i === 0) console.log(r.results.map(x => [x.name, x.outcome.status])); }
  process.exit();
}
void main();
