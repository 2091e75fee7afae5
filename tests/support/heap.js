// Loaded into the service by a test: on SIGUSR2 it collects and writes how much of its own heap is in use to HEAP_TO.
import { renameSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';

const file = process.env['HEAP_TO'];
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
if (file)
  process.on('SIGUSR2', () => {
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.half`, String(heapUsed + external));
    renameSync(`${file}.half`, file);
  });
