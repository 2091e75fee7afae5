import path from 'node:path';
import { loadCompiled } from './compiled.ts';

// The name of the bundled service, which the bundler knows.
declare const SERVICE: string;
const { exports } = loadCompiled(path.join(import.meta.dirname, SERVICE));
await (exports as typeof import('./main.ts')).serve();
