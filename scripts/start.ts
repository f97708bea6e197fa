import { serve } from '../muster/src/serve.ts';

await serve(process.argv.slice(2), 'npm start --');
