import { fileURLToPath } from 'node:url';
import { buildPackage } from './build-package.ts';

/** Makes the package in `dist/`: `npm publish ./dist` then publishes it. */
await buildPackage(fileURLToPath(new URL('../dist/', import.meta.url)));
