// Loaded into the service by a test: on SIGUSR2 it collects and writes what of its memory is in use then to HEAP_TO, in bytes.
import { renameSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';

const file = process.env['HEAP_TO'];
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
if (file)
  process.on('SIGUSR2', () => {
    const { rss: residentBefore } = process.memoryUsage();
    collect();
    collect();
    writeFileSync(`${file}.half`, JSON.stringify({ ...process.memoryUsage(), residentBefore }));
    renameSync(`${file}.half`, file);
  });
