const { CelEngine, TemplateFile } = require('@aws/cloudformation-validate');

// AWS's validator over the files of templates that are named; prints the findings of each as a line.
const engine = new CelEngine();
for (const file of process.argv.slice(2)) {
  const { diagnostics } = engine.validateStandard(new TemplateFile(file), { strict: true });
  console.log(JSON.stringify(diagnostics));
}
