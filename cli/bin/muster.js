#!/usr/bin/env node
// Plain JavaScript, so that a Node.js that cannot run the program says so in one line.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('../src/main.ts');
} else {
  process.stderr.write(`muster requires Node.js 22.18 or later. This is Node.js ${process.versions.node}.\n`);
  process.exitCode = 1;
}
