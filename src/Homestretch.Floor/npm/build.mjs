// Builds wwwroot/vendor from the pinned packages.
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';

const out = '../wwwroot/vendor';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({ entryPoints: ['barcodes.js'], bundle: true, minify: true, treeShaking: true, format: 'esm', target: 'es2022', outfile: `${out}/barcodes.js`, logLevel: 'warning', legalComments: 'inline' });
