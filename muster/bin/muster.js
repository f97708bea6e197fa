#!/usr/bin/env node
// Plain JavaScript, so that an old Node.js gets a message instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
const [command, ...rest] = process.argv.slice(2);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`muster requires Node.js 22.18 or later. This is Node.js ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (command === 'serve') {
  const { serve } = await import('../src/serve.ts');
  await serve(rest, 'muster serve');
} else {
  await import('../../cli/src/main.ts');
  if (command === undefined || command === '--help' || command === '-h')
    process.stdout.write(
      '\nTo start the service, run: muster serve. For its options, run: muster serve --help.\n',
    );
}
