import path from 'node:path';

/** The project's folder. This file lies one below it, and so does `build/`, where what runs is bundled. */
export const ROOT = path.resolve(import.meta.dirname, '..');
