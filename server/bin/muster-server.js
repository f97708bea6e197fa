#!/usr/bin/env node
// Plain JavaScript, so that a Node.js that cannot run the service says so in one line.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('../src/boot/main.ts');
} else {
  process.stderr.write(
    `The Muster service requires Node.js 22.18 or later. This is Node.js ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}
