import { measureRevenueSpeed } from './test/bench/revenue-speed.ts';

console.log(await measureRevenueSpeed());
process.exit(0);
