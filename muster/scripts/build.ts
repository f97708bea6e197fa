import { fileURLToPath } from 'node:url';
import { buildPackage } from './build-package.ts';

/** Makes the package in `dist/`: `npm pack ./dist` or `npm publish ./dist` then packs or publishes it. */
await buildPackage(fileURLToPath(new URL('../dist/', import.meta.url)));
