import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takePictures } from '#emulator/take-pictures.ts';

test('in the demo a convenor holds a session from arranging to the notice with at most three typed sentences, the rest taps', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));

  const typed = await takePictures(folder);

  expect(typed.length).toBeLessThanOrEqual(3);
  expect(readdirSync(folder)).toEqual(['1-arrange.png', '2-open.png', '3-screen.png', '4-confirm.png', '5-notice.png']);
}, 240_000);
