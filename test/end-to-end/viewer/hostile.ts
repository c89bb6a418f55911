/** Data that would do harm where it is taken for anything but data. */
export const HOSTILE: readonly string[] = [
  '<script>globalThis.harmed = 1</script>',
  '<img src="https://elsewhere.example/x" onerror="globalThis.harmed = 2">',
  '</pre><style>* { display: none !important }</style>',
  '{"__proto__": {"harmed": 3}, "constructor": {"prototype": {"harmed": 4}}}',
  'javascript:globalThis.harmed=5',
  '\u202e\u0000\u001b[2J\u2028',
  `{"deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `wide ${'x'.repeat(500_000)}`,
];
