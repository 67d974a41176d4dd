// Bundles the suite and ends: for F5 on "Extension Tests".
import { bundleSuite } from './bundleSuite.ts';

await bundleSuite();
